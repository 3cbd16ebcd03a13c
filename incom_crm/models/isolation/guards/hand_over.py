from odoo import api, models


class Isolation(models.AbstractModel):
    """Hand-over: who no longer reads a record follows it no longer and leaves no work on it."""

    _inherit = "incom.isolation"

    @api.model
    def _take_leave(self, former, records, successor):
        """
        :param former: the salesperson until now
        :param records: what he may have lost, of one model
        :param successor: who gets his open activities there; empty: who hands over
        """
        if not records or former.share or not self._restricts(former):
            return
        lost = self.with_user(former)._hidden(records)
        if not lost:
            return
        # sudo: his subscriptions, notices and work end whatever the rights of who hands over
        on_lost = [("res_model", "=", lost._name), ("res_id", "in", lost.ids)]
        env = self.sudo().env
        env["mail.followers"].search([*on_lost, ("partner_id", "=", former.partner_id.id)]).unlink()
        env["mail.notification"].search(
            [
                ("res_partner_id", "=", former.partner_id.id),
                ("is_read", "=", False),
                ("mail_message_id.model", "=", lost._name),
                ("mail_message_id.res_id", "in", lost.ids),
            ]
        ).is_read = True
        activities = env["mail.activity"].search([*on_lost, ("user_id", "=", former.id)])
        # the successor is told of the record, not of each activity
        activities.with_context(mail_activity_quick_update=True).user_id = (
            successor or self.env.user
        )

    @api.model
    def _take_leave_of_customers(self, former, customers, successor):
        """``_take_leave`` of whole customers: companies, their contacts and documents."""
        # sudo: all that is a customer's, to see what his former salesperson lost
        env = self.sudo().with_context(active_test=False).env
        contacts = env["res.partner"].search([("commercial_partner_id", "in", customers.ids)])
        self._take_leave(former, contacts, successor)
        for model in ("crm.lead", "sale.order", "account.move"):
            documents = env[model].search([("partner_id", "in", contacts.ids)])
            self._take_leave(former, documents, successor)
