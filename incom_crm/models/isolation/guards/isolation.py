import logging

from odoo import api, models, tools
from odoo.exceptions import MissingError
from odoo.fields import Domain
from odoo.tools import SQL

from ....engine import visibility
from ..isolation import SALESPERSON

_logger = logging.getLogger(__name__)


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

    # -- what belongs to documents ----------------------------------------------------------------

    @api.model
    def _of_hidden(self, records, model_field="res_model"):
        """Of messages, activities, followers those that belong to a hidden document.

        :param model_field: the field that names the document's model, beside ``res_id``
        """
        if not records.ids or not self._restricts():
            return records.browse()
        records.flush_recordset([model_field, "res_id"])
        rows = self.env.execute_query(
            SQL(
                """SELECT %(model)s, array_agg(DISTINCT res_id) FROM %(table)s
                    WHERE id = ANY(%(ids)s) AND %(model)s = ANY(%(models)s) AND res_id > 0
                    GROUP BY %(model)s""",
                model=SQL.identifier(model_field),
                table=SQL.identifier(records._table),
                ids=records.ids,
                models=list(self._isolated_models()),
            )
        )
        hidden = {model: set(self._hidden(self.env[model].browse(ids)).ids) for model, ids in rows}
        if not any(hidden.values()):
            return records.browse()
        # sudo: to which document each belongs
        return records.browse(
            record.id
            for record in records.sudo()
            if record.res_id in hidden.get(record[model_field], ())
        )

    @api.model
    def _reads_by_role_alone(self, model):
        """Whether the user reads a model for his role in another app, outside the tree of sales."""
        how = self._isolated_models()[model]
        return self._restricts() and self._is_exempt(self.env.user, how, visibility.READ)

    @api.model
    def _reserved(self, customers):
        """The contacts of which a user who reads them by his role alone does not read the chatter.

        Suppliers without a salesperson are nobody's customers.
        """
        if not customers or not self._reads_by_role_alone("res.partner"):
            return customers.browse()
        how = self._isolated_models()["res.partner"]
        supplier = Domain("supplier_rank", ">", 0) & Domain("owner_id", "=", False)
        open_to_him = self._built(self.env.user, how, visibility.READ) | supplier
        # sudo: only whether the domain holds
        records = customers.sudo().with_context(active_test=False).exists()
        return customers.browse((records - records.filtered_domain(open_to_him)).ids)

    # -- what core decides for a user -------------------------------------------------------------

    @api.model
    def _tell_duplicate(self, record, hidden):
        """Whether to say that what is entered exists with somebody else; who it is stays in the log."""
        if not hidden or not self.env["incom.crm.parameter"]._get("duplicate_warning"):
            return False
        _logger.info(
            "User %s enters %s, which exists as %s", self.env.user.login, record, hidden.ids
        )
        return True

    @api.model
    def _keep_within_reach(self, records, field):
        """What core gave to a salesperson outside the tree of the user stays with the user.

        :param records: new documents a salesperson makes; computed as superuser, in his name
        """
        user = self.env.user
        if not records or not self._restricts(user) or not user.has_group(SALESPERSON):
            return
        within_reach = self._user_ids(user, visibility.WRITE)
        for record in records:
            if record[field] and record[field].id not in within_reach:
                record[field] = user
