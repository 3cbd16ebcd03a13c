from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, ValidationError
from odoo.tools.misc import formatLang

WHOLE_UNITS = frozenset({"days", "months", "count", "switch"})

# What a consultant may change; the engine relies on the rest.
EDITABLE = frozenset({"name", "sequence", "switch", "value"})


class CrmParameter(models.Model):
    """A constant of the definitions, with its default: the engine reads it, a consultant may change it."""

    _name = "incom.crm.parameter"
    _description = "CRM Parameter"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    key = fields.Char(required=True, readonly=True, help="How the engine names it.")
    sequence = fields.Integer(default=10)
    topic = fields.Selection(
        [
            ("cycle", "Purchase Cycle"),
            ("status", "Purchase Status"),
            ("level", "Approach Level"),
            ("care", "Care"),
            ("diary", "Diary"),
            ("meeting", "Meetings"),
            ("value", "Value and Chance"),
            ("people", "Who Sees What"),
        ],
        required=True,
    )
    unit = fields.Selection(
        [
            ("days", "Days"),
            ("months", "Months"),
            ("count", "Number"),
            ("factor", "Times"),
            ("share", "Share"),
            ("switch", "1: yes, 0: no"),
        ],
        required=True,
    )
    value = fields.Float(required=True, digits=(16, 4), aggregator=None)
    switch = fields.Boolean(
        "Switched on",
        compute="_compute_switch",
        inverse="_inverse_switch",
        help="The value as yes or no.",
    )
    shown_value = fields.Char("Value in Words", compute="_compute_shown_value")
    default_value = fields.Float(
        "Default", required=True, readonly=True, digits=(16, 4), aggregator=None
    )
    minimum = fields.Float(required=True, readonly=True, digits=(16, 4), aggregator=None)
    maximum = fields.Float(required=True, readonly=True, digits=(16, 4), aggregator=None)

    _key_uniq = models.Constraint("UNIQUE(key)", "A parameter with this key exists already.")

    @api.depends("value", "unit")
    def _compute_switch(self):
        for parameter in self:
            parameter.switch = parameter.unit == "switch" and bool(parameter.value)

    def _inverse_switch(self):
        for parameter in self.filtered(lambda parameter: parameter.unit == "switch"):
            parameter.value = int(parameter.switch)

    @api.depends("value", "unit")
    @api.depends_context("lang")
    def _compute_shown_value(self):
        words = {False: self.env._("No"), True: self.env._("Yes")}
        units = {
            "days": self.env._("%(number)s days"),
            "months": self.env._("%(number)s months"),
            "factor": self.env._("%(number)s times"),
        }
        for parameter in self:
            if parameter.unit == "switch":
                parameter.shown_value = words[parameter.switch]
            else:
                _whole, _point, decimals = f"{parameter.value:g}".partition(".")
                number = formatLang(self.env, parameter.value, digits=len(decimals))
                parameter.shown_value = units.get(parameter.unit, "%(number)s") % {"number": number}

    @api.constrains("value")
    def _check_value(self):
        for parameter in self:
            if not parameter.minimum <= parameter.value <= parameter.maximum:
                raise ValidationError(
                    self.env._(
                        "%(name)s must be between %(minimum)g and %(maximum)g.",
                        name=parameter.name,
                        minimum=parameter.minimum,
                        maximum=parameter.maximum,
                    )
                )
            if parameter.unit in WHOLE_UNITS and parameter.value != int(parameter.value):
                raise ValidationError(
                    self.env._("%(name)s must be a whole number.", name=parameter.name)
                )

    @api.model
    @tools.ormcache()
    def _values(self):
        """All constants as ``{key: number}``; whole numbers are ints."""
        # sudo: constants of the formulas, the same for everybody
        parameters = self.sudo().search([])
        return tools.frozendict(
            {
                parameter.key: parameter.value
                if parameter.unit in ("factor", "share")
                else int(parameter.value)
                for parameter in parameters
            }
        )

    @api.model
    def _get(self, key):
        """The number behind ``key``.

        :raise KeyError: for a key that is no parameter
        """
        return self._values()[key]

    @api.model_create_multi
    def create(self, vals_list):
        parameters = super().create(vals_list)
        self._constants_changed()
        return parameters

    def write(self, vals):
        if not self.env.su and not EDITABLE.issuperset(vals):
            raise AccessError(
                self.env._("Of a parameter only its value, name and place can be changed.")
            )
        result = super().write(vals)
        if "value" in vals:
            self._constants_changed()
        return result

    def unlink(self):
        result = super().unlink()
        self._constants_changed()
        return result

    def _constants_changed(self):
        self.env.registry.clear_cache()
        self.env["incom.customer.queue"]._touch_everybody()
