from babel.dates import format_skeleton

from odoo import api, fields, models
from odoo.tools import SQL, babel_locale_parse, get_lang


class ResPartner(models.Model):
    """What happened with a customer, and what can be done about it at a touch."""

    _inherit = "res.partner"

    customer_pin_ids = fields.One2many(
        "incom.customer.pin",
        "partner_id",
        "Decisions by Hand",
        context={"active_test": False},
        groups="base.group_user",
    )
    approach_level_log_ids = fields.One2many(
        "incom.approach.level.log", "partner_id", "Level Changes", groups="base.group_user"
    )
    last_interaction_id = fields.Many2one(
        "incom.interaction",
        "Newest Diary Line",
        compute="_compute_last_interaction_id",
        groups="base.group_user",
    )

    last_interaction_text = fields.Char(
        "Last Contact",
        compute="_compute_last_interaction_text",
        groups="base.group_user",
        help="Day and words of the newest line of the diary.",
    )

    @api.depends_context("uid")
    def _compute_last_interaction_id(self):
        newest = self._newest_interactions()
        for partner in self:
            partner.last_interaction_id = newest.get(partner._origin.id)

    def _newest_interactions(self):
        """The newest line of each customer's diary that the user may read: ``{partner id: id}``."""
        diary = self.env["incom.interaction"]
        query = diary._search(
            [("partner_id", "in", self.ids), ("date", "<=", fields.Datetime.now())]
        )
        key, day, number = (
            diary._field_to_sql(query.table, name, query) for name in ("partner_id", "date", "id")
        )
        query.order = SQL("%s, %s DESC, %s DESC", key, day, number)
        return dict(
            self.env.execute_query(query.select(SQL("DISTINCT ON (%s) %s, %s", key, key, number)))
        )

    @api.depends("last_interaction_id")
    @api.depends_context("lang", "tz")
    def _compute_last_interaction_text(self):
        locale = babel_locale_parse(get_lang(self.env).code)
        for partner in self:
            line = partner.last_interaction_id
            if not line:
                partner.last_interaction_text = False
                continue
            day = fields.Datetime.context_timestamp(partner, line.date)
            words = [format_skeleton("MMMd", day, locale=locale), line.body]
            partner.last_interaction_text = " · ".join(filter(None, words))

    def action_new_quotation(self):
        """Open an empty quotation for the customer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Quotation"),
            "res_model": "sale.order",
            "view_mode": "form",
            "context": {"default_partner_id": self.id},
        }
