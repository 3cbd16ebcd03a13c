from odoo import api, models


class CustomerDocument(models.AbstractModel):
    """Who is assigned a document reads its customer; a document that is gone opens nothing."""

    _inherit = "incom.customer.document"

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents._open_customers()
        return documents

    def write(self, vals):
        isolation, field = self.env["incom.isolation"], self._salesperson_field
        moves = field in vals
        if not isolation._is_on() or not (moves or "partner_id" in vals):
            # where everybody sees everything the daily job ends what is over
            return super().write(vals)
        if moves:
            isolation._check_stays(self, field, vals[field])
        if "partner_id" in vals:
            isolation._check_stays(self, field)
        # sudo: whose documents they were
        before = {row: row[field] for row in self.sudo()} if moves else {}
        result = super().write(vals)
        self._end_outdated_shares(before)
        self._open_customers()
        return result

    def unlink(self):
        # sudo: the system ends what is left of a document that is gone
        shares = self.env["incom.customer.share"].sudo()
        opened = shares.search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        (opened | shares._of_sources(self)).action_end()
        return super().unlink()

    def _open_customers(self):
        """Automatic shares of customers whom the documents' salespeople would not see."""
        isolation, shares = self.env["incom.isolation"], self.env["incom.customer.share"]
        if not isolation._is_on():
            return
        # sudo: whose document and whose customer it is
        for document in self.sudo():
            salesperson = document[self._salesperson_field]
            customer = document.partner_id.commercial_partner_id
            if not customer or not salesperson or salesperson == document.customer_owner_id:
                continue
            for colleague in shares._needs_access(salesperson):
                if not isolation._opens(customer, colleague, lent=False):
                    shares._open_for_work(customer, colleague, document)

    def _end_outdated_shares(self, before):
        """What the former salesperson shared, or was lent for his work on it, ends with his work.

        :param before: ``{document: former salesperson}`` where the salesperson changes
        """
        shares, field = self.env["incom.customer.share"], self._salesperson_field
        shares._end_outdated(self)
        moved = self.filtered(lambda row: before.get(row) and before[row] != row[field])
        for person, documents in moved.grouped(before.get).items():
            shares._given_by(person, documents).action_end()
