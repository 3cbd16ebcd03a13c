from odoo import api, models


class Cockpit(models.AbstractModel):
    """What a person does today: for a salesperson, the leader of a team, the director.

    Everything is read as the viewer, through the record rules. Every number comes with the domain it
    was counted by: the list behind it has as many rows.
    """

    _name = "incom.cockpit"
    _description = "Cockpit"

    @api.model
    @api.readonly
    def get_tiles(self, role="salesperson", period="month", user_id=False):
        """The numbers of a page.

        :param role: ``salesperson``, ``leader`` or ``director``
        :param period: see ``_period``
        :param user_id: whose page, the viewer's by default
        :return: ``{key: tile}``, see ``_tile_values``
        :raise UserError: for a role, period or person that is none
        :raise AccessError: for a page or person that is not the viewer's to see
        """
        scope = self._scope(role, period, user_id)
        return self._tiles(scope, self._counts(scope))

    @api.model
    @api.readonly
    def get_page(self, role="salesperson", period="month", user_id=False):
        """All of a page in one call; parameters and errors as of ``get_tiles``.

        Without a role it is the page that sees furthest, without a period this month.

        :return: who, when and what may be chosen, and the parts of the page by name: see ``_parts``
        """
        scope = self._scope(role, period, user_id)
        counts = self._counts(scope)
        page = self._page_header(scope)
        for part, make in self._parts(scope.role).items():
            page[part] = make(scope, counts)
        return page

    @api.model
    def _parts(self, role):
        """What a page is made of: ``{part: function of scope and counts}``."""
        parts = {
            "tiles": self._tiles,
            "sections": self._sections,
            "matrix": self._matrix,
        }
        if role != "director":
            parts["worklist"] = self._worklist
        if role != "salesperson":
            parts |= {"grid": self._grid, "charts": self._charts}
        return parts

    def _page_header(self, scope):
        return {
            "role": scope.role,
            "roles": self._role_choices(scope.people),
            "user": {"id": scope.user_id, "name": scope.people[scope.user_id].name},
            "people": self._people_values(scope),
            "period": self._period_values(scope.period),
            "periods": self._period_choices(),
            "currency_id": self.env.company.currency_id.id,
            "today": scope.today.isoformat(),
        }
