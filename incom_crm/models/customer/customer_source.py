from odoo import api, models


class CustomerSource(models.AbstractModel):
    """Mixin of the documents a customer's profile is worked out from: a change touches the customer."""

    _name = "incom.customer.source"
    _description = "Source of a Customer Profile"

    # Fields whose change through write() may change a profile.
    _customer_facts = frozenset()

    def _customer_contact_ids(self):
        """Ids of the contacts these records say something about."""
        # sudo: only ids leave this method, for the queue
        return self.sudo().partner_id.ids

    def _touch_customers(self):
        self.env["incom.customer.queue"]._touch(self._customer_contact_ids())

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._touch_customers()
        return records

    def write(self, vals):
        concerned = not self._customer_facts.isdisjoint(vals)
        if concerned:
            self._touch_customers()
        result = super().write(vals)
        if concerned:
            self._touch_customers()
        return result

    def unlink(self):
        self._touch_customers()
        return super().unlink()


class CustomerSetting(models.AbstractModel):
    """Mixin of records that every customer's profile depends on: a change refreshes everybody."""

    _name = "incom.customer.setting"
    _description = "Setting of the Customer Profiles"

    # Fields whose change through write() concerns the profiles; empty means any.
    _customer_facts = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._touch_everybody()
        return records

    def write(self, vals):
        concerned = not self._customer_facts or not self._customer_facts.isdisjoint(vals)
        if concerned:
            self._touch_everybody()
        result = super().write(vals)
        if concerned:
            self._touch_everybody()
        return result

    def unlink(self):
        self._touch_everybody()
        return super().unlink()

    def _touch_everybody(self):
        if self:
            self.env["incom.customer.queue"]._touch_everybody()


class PolicyCriterion(models.AbstractModel):
    """Mixin of what a care policy may ask for: deleting it deletes the policies, by the database alone."""

    _name = "incom.policy.criterion"
    _description = "Criterion of Care Policies"

    def unlink(self):
        result = super().unlink()
        self.env["incom.customer.queue"]._touch_everybody()
        return result
