import logging

from odoo import models
from odoo.exceptions import AccessError

_logger = logging.getLogger(__name__)


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        """In debug mode core lists the refused records by name, to whoever adds ``?debug=1``."""
        debug = self.env.user.has_group("base.group_no_one")
        if not debug or not self.env["incom.isolation"]._restricts(self.env.user):
            return super()._make_access_error(operation, records)
        _logger.info(
            "Access denied by record rules: %s of %s%r, uid %s",
            operation,
            records._name,
            tuple(records.ids[:6]),
            self.env.uid,
        )
        # sudo: names of rules
        rules = self._get_failing(records, mode=operation).sudo()
        # what the rules read of the records must not stay in the cache
        records.invalidate_recordset()
        return AccessError(
            self.env._(
                "%(user)s may not %(operation)s these records: %(model)s %(numbers)s\n\n"
                "Refused by the rules: %(rules)s",
                user=self.env.user.name,
                operation=operation,
                model=self.env["ir.model"]._get(records._name).name or records._name,
                numbers=", ".join(map(str, records.ids[:6])),
                rules=", ".join(rules.mapped("name")),
            )
        )
