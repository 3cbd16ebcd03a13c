import logging
from typing import NamedTuple

from odoo import api, models, tools
from odoo.exceptions import MissingError
from odoo.fields import Domain
from odoo.tools import SQL

from ....engine import visibility
from ..isolation import SALESPERSON

_logger = logging.getLogger(__name__)

# From so many records on one query is quicker than reading them.
MANY = 200


class Reach(NamedTuple):
    """What a user sees of a model.

    :param domain: the domain of the rule
    :param plain: ``(field, ids)`` of links one of which alone opens a record, looked at first
    """

    domain: Domain
    plain: tuple


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
        reach = self._reach(self.env.uid, records._name, stamp)
        if reach is None:
            return records.browse()
        # sudo: only whether the domain of the rule holds
        env = self.env(su=True, context={"active_test": False})
        records_su = records.with_env(env)
        try:
            # a query knows only those that exist; of a few it shows when they are read
            doubtful = records_su.exists() if len(records) > MANY else records_su
            doubtful = self._beyond(doubtful, reach.plain)
            seen = self._matching(doubtful, reach.domain)
        except MissingError:
            doubtful = records_su.exists()
            seen = self._matching(doubtful, reach.domain)
        return records.browse() if seen == doubtful else records.browse((doubtful - seen).ids)

    @api.model
    def _visible(self, records):
        return records - self._hidden(records)

    def _beyond(self, records, plain):
        """Of a few records those that no plain link opens; of many all, which one query decides."""
        if len(records) > MANY or not plain:
            return records
        return records.filtered(
            lambda record: not any(record[name].id in ids for name, ids in plain)
        )

    def _matching(self, records, domain):
        """The records for which a domain on them, or on a parent by delegation, holds."""
        isolated_as = self._isolated_as(records._name)
        if isolated_as != records._name:
            domain = Domain(records._inherits[isolated_as], "any", domain)
        if len(records) > MANY and all(records._ids):
            return records.search(Domain("id", "in", records.ids) & domain, order="id")
        return records.filtered_domain(domain)

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
    def _reach(self, user_id, model, stamp):
        """What leaves a user what he sees of a model, as a ``Reach``; ``None``: all of it."""
        isolated_as = self._isolated_as(model)
        if not isolated_as:
            return None
        user = self.env["res.users"].browse(user_id)
        domain = self._domain(user, isolated_as, visibility.READ)
        if domain.is_true():
            return None
        records = self.env[isolated_as]
        domain = domain.optimize(records)
        plain = self._plain_links(records, domain) if isolated_as == model else ()
        return Reach(domain, plain)

    def _plain_links(self, records, domain):
        """Those parts of an alternative that look at one link alone: ``(field, frozenset of ids)``."""
        alternatives = domain.children if getattr(domain, "OPERATOR", "") == "|" else (domain,)
        return tuple(
            (part.field_expr, frozenset(part.value))
            for part in alternatives
            if getattr(part, "operator", None) == "in"
            and part.field_expr in records._fields
            and records._fields[part.field_expr].type == "many2one"
        )

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
        hidden = {model: self._hidden(self.env[model].browse(ids)).ids for model, ids in rows}
        belonging = [
            SQL("(%s = %s AND res_id = ANY(%s))", SQL.identifier(model_field), model, ids)
            for model, ids in hidden.items()
            if ids
        ]
        if not belonging:
            return records.browse()
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM %s WHERE id = ANY(%s) AND (%s)",
                SQL.identifier(records._table),
                records.ids,
                SQL(" OR ").join(belonging),
            )
        )
        return records.browse(number for (number,) in rows)

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
        return customers.browse((records - self._matching(records, open_to_him)).ids)

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
