from odoo import api, models, tools
from odoo.exceptions import MissingError

from ....engine import visibility


class Isolation(models.AbstractModel):
    """What the guards in Python ask: which of some records isolation keeps from the current user."""

    _inherit = "incom.isolation"

    @api.model
    def _hidden(self, records):
        """The records isolation hides from the current user, whatever core's own rules say of them.

        Users are hidden with their contact. Nothing is hidden where isolation does not concern the user.
        """
        if self.env.su or not records:
            return records.browse()
        stamp = self.env["incom.visibility.event"]._stamp(self.env.uid)
        domain = self._read_domain(self.env.uid, records._name, stamp)
        if domain is None:
            return records.browse()
        # sudo: only whether the domain of the rule holds
        env = self.env(su=True, context={"active_test": False})
        records_su = records.with_env(env)
        try:
            seen = self._matching(records_su, domain)
        except MissingError:
            records_su = records_su.exists()
            seen = self._matching(records_su, domain)
        return records.browse() if seen == records_su else records.browse((records_su - seen).ids)

    @api.model
    def _visible(self, records):
        return records - self._hidden(records)

    def _matching(self, records, domain):
        """The records for which a domain on them, or on a parent by delegation, holds."""
        if self._isolated_as(records._name) == records._name:
            return records.filtered_domain(domain)
        link = records._inherits[self._isolated_as(records._name)]
        parents = records[link].filtered_domain(domain)
        return records.filtered(lambda record: record[link] in parents)

    @api.model
    @tools.ormcache("model")
    def _isolated_as(self, model):
        """The isolated model by whose domain records of ``model`` are hidden; ``None``: never."""
        isolated = self._isolated_models()
        if model in isolated:
            return model
        return next((parent for parent in self.env[model]._inherits if parent in isolated), None)

    @api.model
    @tools.ormcache("user_id", "model", "stamp")
    def _read_domain(self, user_id, model, stamp):
        """The domain that leaves a user what he sees of a model; ``None``: all of it."""
        isolated_as = self._isolated_as(model)
        if not isolated_as:
            return None
        user = self.env["res.users"].browse(user_id)
        domain = self._domain(user, isolated_as, visibility.READ)
        return None if domain.is_true() else domain.optimize(self.env[isolated_as])
