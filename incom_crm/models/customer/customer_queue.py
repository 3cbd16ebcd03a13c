import logging

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

PENDING = "incom_crm.touched"
EVERYBODY = 0
# More touched customers than this in one transaction are left to the job.
IMMEDIATE_LIMIT = 20


class CustomerQueue(models.Model):
    """Append-only queue of touched customers; customer 0 means everybody.

    The customer is a plain number on purpose: a foreign key would lock the customer's row in the
    user's transaction, and a deleted customer still has to be taken out of the profile.
    """

    _name = "incom.customer.queue"
    _description = "Touched Customer"
    _log_access = False

    partner_id = fields.Integer("Touched Contact", index="btree_not_null")

    @api.model
    def _touch(self, partner_ids):
        """Remember that facts of these contacts changed: one INSERT per transaction, at precommit.

        Right after the commit the customers are refreshed in a short transaction of their own, so
        that the person who wrote sees the effect; whatever fails there is still in the queue.
        """
        partner_ids = {partner_id for partner_id in partner_ids if partner_id}
        if partner_ids:
            self._remember(partner_ids)

    @api.model
    def _touch_everybody(self):
        """A policy, a constant or the calendar changed: the next job refreshes all customers."""
        self._remember({EVERYBODY})

    def _remember(self, partner_ids):
        precommit = self.env.cr.precommit
        if PENDING not in precommit.data:
            precommit.data[PENDING] = set()
            precommit.add(self._flush_touched)
        precommit.data[PENDING] |= partner_ids

    def _flush_touched(self):
        """Precommit hook: write what was touched in this transaction into the queue."""
        touched = sorted(self.env.cr.precommit.data.pop(PENDING, ()))
        if not touched:
            return
        self.env.execute_query(
            SQL(
                "INSERT INTO incom_customer_queue (partner_id) SELECT unnest(%s) RETURNING 1",
                touched,
            )
        )
        dbname, registry = self.env.cr.dbname, self.env.registry
        if EVERYBODY in touched or len(touched) > IMMEDIATE_LIMIT:
            self.env.cr.postcommit.add(lambda: self._wake_job(registry))
        else:
            self.env.cr.postcommit.add(lambda: self._refresh_now(registry, touched, dbname))

    @api.model
    def _refresh_now(self, registry, partner_ids, dbname):
        """Postcommit hook: refresh a few customers at once; never fails, the queue is the net."""
        try:
            with registry.cursor() as cr:
                env = api.Environment(cr, api.SUPERUSER_ID, {})
                if env["incom.customer.profile"]._refresh_touched(partner_ids):
                    return
        except Exception:
            _logger.info(
                "Refresh right after the commit failed on %s; the job takes it.",
                dbname,
                exc_info=True,
            )
        self._wake_job(registry)

    @api.model
    def _wake_job(self, registry):
        try:
            with registry.cursor() as cr:
                env = api.Environment(cr, api.SUPERUSER_ID, {})
                # gone while the addon is being removed
                job = env.ref("incom_crm.ir_cron_refresh_customers", raise_if_not_found=False)
                if job:
                    job._trigger()
        except Exception:
            _logger.warning(
                "The refresh job could not be woken; it runs at its hour.", exc_info=True
            )
