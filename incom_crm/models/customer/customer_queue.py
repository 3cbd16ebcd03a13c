from odoo import fields, models


class CustomerQueue(models.Model):
    """Append-only queue of touched customers; an empty customer means everybody.

    The customer is a plain number on purpose: a foreign key would lock the customer's row in the
    user's transaction, and a deleted customer still has to be taken out of the profile.
    """

    _name = "incom.customer.queue"
    _description = "Touched Customer"
    _log_access = False

    partner_id = fields.Integer("Touched Contact", index="btree_not_null")
