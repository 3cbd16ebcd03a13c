from typing import NamedTuple

from odoo import api, fields, models

from ...engine import visibility
from .isolation import ACCOUNTANT, BACK_OFFICE, HR, ISOLATED, PURCHASE, STOCK, USER_ADMINISTRATOR

ALL, ALL_TO_READ, BELOW, NOTHING = "all", "read", "below", "nothing"


class Row(NamedTuple):
    """What each role sees of one model.

    :param cells: one of the levels above per role, in the order of ``_roles``
    """

    model: str
    name: str
    cells: tuple


class IsolationOverview(models.TransientModel):
    """Who sees what, as a table: read from what the rules themselves are built from."""

    _name = "incom.isolation.overview"
    _description = "Access at a Glance"

    table = fields.Html(compute="_compute_table", sanitize=False)

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("Access at a Glance")

    @api.depends_context("lang")
    def _compute_table(self):
        for overview in self:
            overview.table = self.env["ir.qweb"]._render(
                "incom_crm.isolation_overview",
                {
                    "is_on": self.env["incom.isolation"]._is_on(),
                    "roles": [name for name, _groups in self._roles()],
                    "rows": self._rows(),
                    "levels": self._levels(),
                    "settings": self._settings(),
                    **{level: level for level in (ALL, NOTHING)},
                },
            )

    @api.model
    def action_open(self):
        """Show the table as it is now."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Access at a Glance"),
            "res_model": self._name,
            "res_id": self.create({}).id,
            "views": [(False, "form")],
        }

    @api.model
    def _settings(self):
        """What can be set, in words: ``[(name, value)]``."""
        settings = self.env["incom.crm.parameter"].search([("topic", "=", "people")])
        return [(setting.name, setting.shown_value) for setting in settings]

    @api.model
    def _levels(self):
        return {
            ALL: self.env._("all"),
            ALL_TO_READ: self.env._("all, to read"),
            BELOW: self.env._("own and below"),
            NOTHING: "–",
        }

    @api.model
    def _roles(self):
        """Columns: name of the role and the groups that make it; without groups: who sells, who directs."""
        return [
            (self.env._("Salesperson, superior"), None),
            (self.env._("Director, administrator"), None),
            (self.env._("Back office"), (BACK_OFFICE,)),
            (self.env._("Accountant"), ACCOUNTANT),
            (self.env._("Stock"), STOCK),
            (self.env._("Purchase"), PURCHASE),
            (self.env._("Personnel"), HR),
            (self.env._("User administrator"), USER_ADMINISTRATOR),
            (self.env._("Other colleagues"), ()),
        ]

    @api.model
    def _rows(self):
        """One row per isolated model, by name."""
        # sudo: names of models, for whoever reads the table
        names = self.env["ir.model"].sudo()
        rows = [
            Row(model, names._get(model).name, self._cells(how))
            for model, how in self.env["incom.isolation"]._isolated_models().items()
            # a wizard is its maker's, however it got its records
            if not self.env[model]._transient
        ]
        return sorted(rows, key=lambda row: (row.name, row.model))

    @api.model
    def _cells(self, how):
        outside = [self._level(how, groups) for _name, groups in self._roles()[2:]]
        return (BELOW, ALL, *outside)

    @api.model
    def _level(self, how, groups):
        """What a role sees that does not sell."""
        if BACK_OFFICE in groups:
            return ALL_TO_READ if how.back_office else NOTHING
        reading, writing = (
            not set(groups).isdisjoint(how.roles_for(mode))
            for mode in (visibility.READ, visibility.WRITE)
        )
        if not reading:
            return NOTHING
        return ALL if writing else ALL_TO_READ

    @api.model
    def _markdown(self):
        """The table as the README has it, in the language of the context: of this addon alone."""
        levels = self._levels()
        header = [self.env._("What"), *(name for name, _groups in self._roles())]
        rows = [
            [row.name, *(levels[cell] for cell in row.cells)]
            for row in self._rows()
            if row.model in ISOLATED
        ]
        lines = [header, ["---"] * len(header), *rows]
        return "".join(f"| {' | '.join(line)} |\n" for line in lines)
