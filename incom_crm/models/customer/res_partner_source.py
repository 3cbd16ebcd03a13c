from odoo import models
from odoo.tools import SQL


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "incom.customer.source"]

    _customer_facts = frozenset(
        {
            "active",
            "birthdate",
            "category_id",
            "company_id",
            "company_size_id",
            "customer_rank",
            "industry_id",
            "is_company",
            "parent_id",
            "state_id",
            "user_id",
        }
    )

    def _customer_contact_ids(self):
        # sudo: only ids leave this method, for the queue; the customer may be another's
        return [*self.ids, *self.sudo().commercial_partner_id.ids]

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in vals:
            self._sync_profile_owner()
        return result

    def _sync_profile_owner(self):
        """Access follows the owner, so the profile's copy changes in the same transaction."""
        self.flush_recordset(["user_id"])
        self.env.execute_query(
            SQL(
                """UPDATE incom_customer_profile profile SET user_id = customer.user_id
                     FROM res_partner customer
                    WHERE customer.id = profile.partner_id
                      AND customer.id = ANY(%s)
                      AND profile.user_id IS DISTINCT FROM customer.user_id
                RETURNING profile.id""",
                self.ids,
            )
        )
        self.env["incom.customer.profile"].invalidate_model(["user_id"])
