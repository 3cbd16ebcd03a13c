from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import visibility
from .isolation import SALESPERSON


class Isolation(models.AbstractModel):
    """Meetings: of those below, and those they are invited to."""

    _inherit = "incom.isolation"

    def _event_domain(self, viewer, mode):
        """Meetings of those below and theirs as guests; whoever does not sell keeps an open calendar."""
        # sudo: ids of users, for the domain of a rule
        sellers = self.env.ref(SALESPERSON).sudo().all_user_ids
        others = (
            self.env["res.users"]
            .sudo()
            .search([("share", "=", False), ("id", "not in", sellers.ids)])
        )
        organised = Domain("user_id", "in", [*viewer.user_ids, *others.ids])
        return organised | self._guest_domain(viewer.partner_ids)

    def _guest_domain(self, partner_ids):
        """Meetings with one of these guests, always worked out by the database.

        Worked out on records in the cache, all guests would stay there, hidden ones as well, and the
        calendar of whoever is invited with them would not open.
        """

        def to_sql(model, alias, query):
            return SQL(
                """%s IN (SELECT calendar_event_id FROM calendar_event_res_partner_rel
                           WHERE res_partner_id = ANY(%s))""",
                SQL.identifier(alias, "id"),
                list(partner_ids),
            )

        return Domain.custom(to_sql=to_sql)

    def _by_event_domain(self, viewer, mode):
        return Domain("event_id", "any", self._event_domain(viewer, mode))

    def _attendee_domain(self, viewer, mode):
        """Of a meeting's guests, with address and phone, one reads those he may see elsewhere."""
        domain = self._by_event_domain(viewer, mode)
        if mode == visibility.READ:
            user = self.env["res.users"].browse(viewer.user_id)
            domain &= Domain("partner_id", "any", self._domain(user, "res.partner", mode))
        return domain

    def _by_base_event_domain(self, viewer, mode):
        return Domain("base_event_id", "any", self._event_domain(viewer, mode))

    def _meeting_report_domain(self, viewer, mode):
        """What people did is analysed by those above them: being invited opens the meeting, no figures."""
        return Domain("user_id", "in", viewer.user_ids)
