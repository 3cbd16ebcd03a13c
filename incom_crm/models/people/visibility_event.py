from contextlib import contextmanager

from odoo import api, fields, models
from odoo.tools import SQL

_STAMPS = "incom_crm.visibility_stamps"
# Longer than any transaction that may still commit an older row.
KEPT_DAYS = 7


class VisibilityEvent(models.Model):
    """Append-only: that something changed in what a viewer sees.

    The newest row and the number of rows are the viewer's stamp, part of the key under which evaluated
    record rules are kept: what another worker commits counts from the next request on, without
    emptying any cache. The number changes also when an older row is committed after a newer one.
    """

    _name = "incom.visibility.event"
    _description = "Change of Visibility"

    viewer_id = fields.Integer(help="Number of the user; 0 means everybody.")

    _viewer_idx = models.Index("(viewer_id, id)")

    @api.model
    def _changed(self, viewer_ids=(0,)):
        """Note that these viewers (default: everybody) see something else from now on."""
        # sudo: a note without content, made by whoever is allowed to make the change itself
        self.sudo().create([{"viewer_id": viewer_id} for viewer_id in viewer_ids])
        self.env.cr.precommit.data.pop(_STAMPS, None)

    @contextmanager
    def _changing(self, viewer_ids=(0,)):
        """Before and after a change: what is evaluated in between is kept under a stamp of its own, and
        forgotten with it when the change is rolled back.
        """
        self._changed(viewer_ids)
        yield
        self._changed(viewer_ids)

    @api.autovacuum
    def _gc_old(self):
        """Of old rows the newest of each viewer is enough."""
        self.env.cr.execute(
            SQL(
                """DELETE FROM incom_visibility_event
                    WHERE create_date < now() AT TIME ZONE 'UTC' - make_interval(days => %s)
                      AND id NOT IN (SELECT max(id) FROM incom_visibility_event GROUP BY viewer_id)""",
                KEPT_DAYS,
            )
        )

    @api.model
    def _stamp(self, viewer_id):
        """The newest change that concerns the viewer, and the day, on which grants and shares end.

        Kept as long as the transaction, and dropped when a savepoint is rolled back.
        """
        stamps = self.env.cr.precommit.data.setdefault(_STAMPS, {})
        if viewer_id not in stamps:
            self.flush_model()
            newest = SQL(
                "SELECT max(id), count(*) FROM incom_visibility_event WHERE viewer_id IN (0, %s)",
                viewer_id,
            )
            today = self.env["incom.isolation"]._today(self.env["res.users"].browse(viewer_id))
            stamps[viewer_id] = (self.env.execute_query(newest)[0], today)
        return stamps[viewer_id]
