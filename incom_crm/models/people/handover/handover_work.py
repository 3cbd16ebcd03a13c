from odoo import api, fields, models

from .handover import OPEN_STATES

# Customers per transaction of the job, with all their records.
BATCH = 200
# The log tells what happened, so neither chatter nor mail nor notification does.
SILENT = {
    "active_test": False,
    "dont_notify": True,
    "incom_handover": True,
    "mail_activity_quick_update": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_notrack": True,
    "no_mail_to_attendees": True,
    "skip_attendee_notification": True,
    "tracking_disable": True,
}


class Handover(models.Model):
    """The work itself, customer by customer: it may be killed at any point and goes on."""

    _inherit = "incom.handover"

    @api.model
    def _cron_work(self):
        """Take the handovers under way, batch after batch."""
        # sudo: the job works for whoever started it
        under_way = self.sudo().search([("state", "in", OPEN_STATES)], order="id")
        waiting = sum(handover.total_count - handover.done_count for handover in under_way)
        self.env["ir.cron"]._commit_progress(remaining=waiting)
        for handover in under_way:
            while done := handover._work_batch():
                if not self.env["ir.cron"]._commit_progress(done):
                    return

    def _work_or_queue(self):
        """Small ones at once, in the transaction of the one who waits for it; the rest by the job."""
        if self.total_count <= self.env["incom.crm.parameter"]._get("handover_at_once"):
            while self.state in OPEN_STATES:
                self._work_batch()
        else:
            # sudo: the job is the system's
            self.env.ref("incom_crm.ir_cron_handover").sudo()._trigger()

    def _work_batch(self):
        """The next customers, with all that goes with them, in one transaction.

        :return: number of customers worked off; 0 when nothing is left, or another works on it
        """
        if self.state not in OPEN_STATES or not self.try_lock_for_update(allow_referencing=True):
            return 0
        lines = self._next_lines()
        lines._turn_safely(back=self.state == "undoing")
        done = len(set(lines.mapped("sequence")))
        self.done_count += done
        if not self._next_lines(limit=1):
            self._finish()
        return done

    def _next_lines(self, limit=BATCH):
        """Lines of the next ``limit`` customers; as whoever started it, and in silence."""
        todo = "done" if self.state == "undoing" else "waiting"
        domain = [("handover_id", "=", self.id), ("state", "=", todo)]
        worker = self.undone_by_id if self.state == "undoing" else self.user_id
        # sudo: who may start it was checked when it was started
        lines = self.env["incom.handover.line"].with_user(worker).sudo()
        lines = lines.with_context(**SILENT, incom_handover_teams={})
        sequences = [
            sequence
            for (sequence,) in lines._read_group(
                domain, ["sequence"], limit=limit, order="sequence"
            )
        ]
        return lines.search([*domain, ("sequence", "in", sequences)])

    def _finish(self):
        if self.state == "undoing":
            self.state = "undone"
            return
        self.write({"state": "done", "date_done": fields.Datetime.now()})
        if self.archives_givers:
            # sudo: whether he may was checked when it was started
            self.giver_ids.sudo().with_context(incom_handover_decided=True).action_archive()
