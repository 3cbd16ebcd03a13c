from odoo import api, models, tools
from odoo.exceptions import AccessError
from odoo.fields import Command

# Chat and notifications point to people all the time; they have guards of their own.
UNGUARDED = ("bus.", "discuss.")
CHATTER = "mail."
# What waits to be sent is written by hand as well: its author and document are links like others.
WAITING = frozenset({"mail.scheduled.message"})


class Base(models.AbstractModel):
    """Whoever knows a number must not pull a hidden record's data in by pointing one of his own to it.

    Label, address, e-mail and tax number of what a record points to are shown with it, computed as
    superuser; so a link may only be made to what its maker can read. What was linked before, by
    somebody who could, stays.
    """

    _inherit = "base"

    def _prepare_create_values(self, vals_list):
        new_vals_list = super()._prepare_create_values(vals_list)
        if not self.env.su and (links := self._guarded_links()):
            for vals in new_vals_list:
                precomputed = {field.name for field in vals.get("__precomputed__", ())}
                self.browse()._check_links(
                    {name: vals[name] for name in links & vals.keys() - precomputed}
                )
        return new_vals_list

    def write(self, vals):
        if not self.env.su and (names := self._guarded_links() & vals.keys()):
            self._check_links({name: vals[name] for name in names})
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        if self.env.su or not self.env["incom.isolation"]._restricts():
            return super().onchange(values, field_names, fields_spec)
        self._check_form(values)
        result = super().onchange(values, field_names, fields_spec)
        # a default or another field's onchange may have led there as well
        self._check_form(result.get("value") or {})
        return result

    @api.model
    def default_get(self, fields):
        """A form opened on a record whose contact is hidden opens without it."""
        defaults = super().default_get(fields)
        if self.env.su or not (names := self._guarded_links() & defaults.keys()):
            return defaults
        hidden = self.env["incom.isolation"]._hidden
        for name in names:
            targets = self._link_targets(name, defaults[name])
            if targets and hidden(targets):
                del defaults[name]
        return defaults

    @api.model
    @tools.ormcache()
    def _guarded_links(self):
        """Names of the fields that may point to an isolated record."""
        is_chatter = self._name.startswith(CHATTER)
        is_written = self._transient or self._name in WAITING
        if self._name.startswith(UNGUARDED) or (is_chatter and not is_written):
            return frozenset()
        # recipients of a message are checked, and dropped, where it is sent
        several = () if is_chatter else ("many2many",)
        isolated = self.env["incom.isolation"]._isolated_as
        return frozenset(
            name
            for name, field in self._fields.items()
            if name not in models.LOG_ACCESS_COLUMNS
            and (
                field.type == "reference"
                or (
                    field.type in ("many2one", *several)
                    and field.comodel_name in self.env
                    and isolated(field.comodel_name)
                )
            )
        )

    def _check_links(self, vals):
        """
        :param vals: values of guarded fields, as for ``create`` or ``write``
        :raise AccessError: where a value leads to a hidden record that was not there before
        """
        isolation = self.env["incom.isolation"]
        for name, value in vals.items():
            targets = self._link_targets(name, value)
            hidden = targets and isolation._hidden(targets)
            if hidden and not self._already_link(name, hidden):
                raise AccessError(
                    self.env._(
                        "%(field)s: this record is in somebody else's hands. Ask your superior to"
                        " share it with you.",
                        field=self._fields[name]._description_string(self.env),
                    )
                )

    def _already_link(self, name, targets):
        """Whether every record of ``self`` points to all the targets now."""
        # sudo: comparing numbers with what is stored
        stored = self.sudo()._origin
        return bool(stored) and all(targets <= record[name] for record in stored)

    def _check_form(self, values):
        """``_check_links`` for the values of a form, those of its lines included."""
        links = self._guarded_links()
        self._check_links({name: value for name, value in values.items() if name in links})
        for name, value in values.items():
            field = self._fields.get(name)
            if field is None or field.type not in ("one2many", "many2many"):
                continue
            for command in value or ():
                if isinstance(command, list | tuple) and command[0] <= Command.UPDATE:
                    record = self.env[field.comodel_name].browse(
                        command[1] if command[0] == Command.UPDATE else ()
                    )
                    record._check_form(command[2] or {})

    def _link_targets(self, name, value):
        """The records a value given for a link points to."""
        field = self._fields[name]
        if isinstance(value, models.BaseModel):
            return value
        if field.type == "reference":
            model, _sep, number = str(value or "").partition(",")
            known = model in self.env and self.env["incom.isolation"]._isolated_as(model)
            return self.env[model].browse(_numbers([number])) if known else None
        if field.type == "many2one":
            if isinstance(value, dict):
                value = value.get("id")
            elif isinstance(value, list | tuple):
                value = value[0] if value else False
            return self.env[field.comodel_name].browse(_numbers([value]))
        return self.env[field.comodel_name].browse(_numbers(_linked(value)))


def _linked(value):
    """The numbers that commands of a many2many add, or keep."""
    for command in value or ():
        if not isinstance(command, list | tuple):
            yield command
        elif command[0] == Command.LINK:
            yield command[1]
        elif command[0] == Command.SET:
            yield from command[2]


def _numbers(values):
    """Numbers of stored records; the database also takes them as text or with a fraction of zero."""
    numbers = []
    for value in values:
        try:
            number = int(value or 0)
        except (TypeError, ValueError):
            # the number of a record that is not saved yet
            continue
        if number:
            numbers.append(number)
    return numbers
