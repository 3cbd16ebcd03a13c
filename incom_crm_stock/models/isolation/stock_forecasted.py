from odoo import models

# What the report opens in place of a document the user may not see.
STAND_IN = "product.product"


class StockForecasted(models.AbstractModel):
    """The forecast reckons with everybody's goods, and names only the documents the user sees."""

    _inherit = "stock.forecasted_product_product"

    def _get_warehouse(self):
        # without sudo: one of the user's own companies
        warehouse = super(StockForecasted, self.sudo(False))._get_warehouse()
        return warehouse.sudo(self.env.su)

    def _get_report_data(self, product_template_ids=False, product_ids=False):
        if not self.env["incom.isolation"]._restricts():
            return super()._get_report_data(product_template_ids, product_ids)
        # sudo: quantities are right only over all moves; names are taken out below
        report = super(StockForecasted, self.sudo())._get_report_data(
            product_template_ids, product_ids
        )
        self._mask_moves(report["lines"])
        for product in report["product"].values():
            self._mask_quotations(product)
        return report

    def _mask_moves(self, lines):
        """Take out what names the order, the customer and the transfer of moves of others."""
        moves = {line[end]["id"] for line in lines for end in ("move_in", "move_out") if line[end]}
        hidden = self._hidden_move_ids(moves)
        for line in lines:
            nameless = {
                "_name": STAND_IN,
                "id": line["product"]["id"],
                "name": self.env._("Others' orders"),
            }
            for end, document in (("move_in", "document_in"), ("move_out", "document_out")):
                if line[end] and line[end]["id"] in hidden:
                    line.update({end: False, document: nameless})
                    if end == "move_out" and line["reservation"]:
                        line["reservation"] = nameless

    def _hidden_move_ids(self, move_ids):
        """Those of the moves that the user may not see; what suppliers bring is no secret."""
        moves = self.env["stock.move"].browse(move_ids)
        hidden = moves - moves._filtered_access("read")
        # sudo: where the goods come from decides whether they are hidden at all
        bought = hidden.sudo().filtered(lambda move: move.location_id.usage == "supplier")
        return set(hidden.ids) - set(bought.ids)

    def _mask_quotations(self, product):
        """Keep the quotations that the user sees; their quantity counts them all."""
        if quotations := product.get("draft_sale_orders"):
            orders = self.env["sale.order"].browse(order["id"] for order in quotations)
            seen = set(orders._filtered_access("read").ids)
            product["draft_sale_orders"] = [order for order in quotations if order["id"] in seen]
