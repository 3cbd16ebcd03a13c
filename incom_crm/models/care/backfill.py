import logging

from odoo import api, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

# Where the back-fill stands: messages below this id are still to be read; 0 when done.
WATERMARK = "incom_crm.backfill_below"
RANGE = 50_000


class Interaction(models.Model):
    """The history a database holds before the diary was there, written in as the hooks would have."""

    _inherit = "incom.interaction"

    @api.model
    def _backfill_start(self):
        """Begin to read the history: newest messages first, in the job. Past meetings count as held.

        The ones with a type were entered with the addon at work: their outcome is still asked for.
        """
        self.env.execute_query(
            SQL(
                """UPDATE calendar_event SET meeting_outcome = 'held'
                    WHERE active AND stop < (now() AT TIME ZONE 'UTC') AND meeting_type_id IS NULL
                      AND coalesce(meeting_outcome, 'planned') = 'planned'
                RETURNING id"""
            )
        )
        self.env["calendar.event"].invalidate_model(["meeting_outcome"])
        [(newest,)] = self.env.execute_query(
            SQL("SELECT coalesce(max(id), 0) + 1 FROM mail_message")
        )
        # sudo: where the job stands is nobody's setting
        self.env["ir.config_parameter"].sudo().set_param(WATERMARK, newest)
        self.env.ref("incom_crm.ir_cron_backfill_interactions")._trigger()

    @api.model
    def _backfill_below(self):
        # sudo: where the job stands is nobody's setting
        return int(self.env["ir.config_parameter"].sudo().get_param(WATERMARK, 0))

    @api.model
    def _cron_backfill(self):
        """Read one range of messages after the other; then activities, meetings and signatures.

        Nothing is written twice, so it may be killed at any point and called again.
        """
        while below := self._backfill_below():
            written = self._backfill_range(below)
            remaining = self._backfill_below()
            _logger.info("Diary: messages from %s on read, %s rows written.", remaining, written)
            if not self.env["ir.cron"]._commit_progress(RANGE, remaining=remaining):
                return

    @api.model
    def _backfill_range(self, below):
        """Write the rows of one range of messages, of everything else with the last one."""
        start = max(below - RANGE, 0)
        self.env.flush_all()
        messages = SQL("m.id >= %s AND m.id < %s", start, below)
        written = self._record_messages(messages) + self._record_done_messages(messages)
        if not start:
            written += self._record_meetings(SQL("TRUE"))
            written += self._record_activities(SQL("TRUE"))
            written += self._record_signatures(SQL("TRUE"))
        # sudo: where the job stands is nobody's setting
        self.env["ir.config_parameter"].sudo().set_param(WATERMARK, start)
        return written

    @api.model
    def _backfill(self):
        """Read the whole history at once, in the current transaction; for small databases and tests."""
        self._backfill_start()
        while below := self._backfill_below():
            self._backfill_range(below)
