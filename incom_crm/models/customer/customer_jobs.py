import logging

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import refresh
from .customer_queue import EVERYBODY

_logger = logging.getLogger(__name__)

# Customers refreshed per transaction of the job.
BATCH = 1000
# Touched customers above this share of all are cheaper as one rebuild.
REBUILD_SHARE = 0.125


class CustomerProfile(models.Model):
    """The scheduled jobs: they may be killed at any point and run again."""

    _inherit = "incom.customer.profile"

    @api.model
    def _cron_refresh(self):
        """Take the queue and the rows whose day has come, in batches; then the references of a new day."""
        self.env["incom.interaction"]._record_begun_meetings()
        self.env["incom.customer.queue"]._flush_touched()
        waiting = self._count_waiting()
        self.env["ir.cron"]._commit_progress(remaining=waiting)
        if self._rebuild_is_cheaper(waiting):
            self._cron_rebuild()
        elif self._work_off() and self._refresh_references():
            self.env["ir.cron"]._commit_progress(remaining=self._count_waiting())
            self._work_off()

    def _work_off(self):
        """Refresh batch after batch.

        :return: False when time ran out; the job is called again
        """
        while done := self._refresh_batch():
            if not self.env["ir.cron"]._commit_progress(done):
                return False
        return True

    @api.model
    def _cron_rebuild(self):
        """Work out everybody: the net under the queue, and the cheaper way when many were touched."""
        if not refresh.take_lock(self.env.cr):
            _logger.info("Another refresh is running; everybody is refreshed at the next run.")
            return
        try:
            # what others committed before the lock was taken has to be seen
            self._commit_rebuild()
            touches = [
                row[0] for row in self.env.execute_query(SQL("SELECT id FROM incom_customer_queue"))
            ]
            written = refresh.rebuild(self.env, self._commit_rebuild)
            self.env.cr.execute(SQL("DELETE FROM incom_customer_queue WHERE id = ANY(%s)", touches))
            self.env["ir.cron"]._commit_progress(1, remaining=0)
            _logger.info("Every customer worked out: %s rows written.", written)
        finally:
            refresh.release_lock(self.env.cr)

    def _commit_rebuild(self):
        self.env["ir.cron"]._commit_progress(remaining=1)

    @api.model
    def _refresh_batch(self):
        """One batch of the queue, else of the rows whose day has come.

        :return: number of touches or rows taken; 0 also while everybody is being refreshed
        """
        if not refresh.share_lock(self.env.cr):
            return 0
        touches = self.env.execute_query(
            SQL(
                "SELECT id, partner_id FROM incom_customer_queue WHERE partner_id <> %s ORDER BY id LIMIT %s",
                EVERYBODY,
                BATCH,
            )
        )
        if touches:
            self.env.cr.execute(
                SQL(
                    "DELETE FROM incom_customer_queue WHERE id = ANY(%s)",
                    [touch[0] for touch in touches],
                )
            )
            self._refresh(self._customers_of({touch[1] for touch in touches}))
            return len(touches)
        due = self.search(self._due_domain(), limit=BATCH, order="next_flip, id")
        if due:
            self._refresh(due.partner_id.ids)
        return len(due)

    @api.model
    def _due_domain(self):
        """Rows with a stored value that changes by the calendar, up to today of their company."""
        return Domain.OR(
            Domain("company_id", "=", company_id) & Domain("next_flip", "<=", today)
            for company_id, today in self._today_by_company().items()
        )

    @api.model
    def _count_waiting(self):
        [(touched,)] = self.env.execute_query(
            SQL("SELECT count(DISTINCT partner_id) FROM incom_customer_queue")
        )
        return touched + self.search_count(self._due_domain())

    @api.model
    def _rebuild_is_cheaper(self, waiting):
        everybody = self.env.execute_query(
            SQL("SELECT 1 FROM incom_customer_queue WHERE partner_id = %s LIMIT 1", EVERYBODY)
        )
        return bool(everybody) or waiting > max(BATCH, REBUILD_SHARE * self.search_count([]))

    @api.model
    def _refresh_references(self):
        """On a new day: class cuts and industry cycles; the rows they move are touched.

        :return: whether any row has to be refreshed
        """
        if not refresh.store_references(self.env):
            return False
        moved = self.env.execute_query(refresh.moved_by_references())
        self.env["incom.customer.queue"]._touch(partner_id for (partner_id,) in moved)
        self.env["incom.customer.queue"]._flush_touched()
        return bool(moved)
