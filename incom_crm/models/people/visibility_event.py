from odoo import api, fields, models
from odoo.tools import SQL

_STAMPS = "incom_crm.visibility_stamps"


class VisibilityEvent(models.Model):
    """Append-only: that something changed in what a viewer sees.

    The newest row is the viewer's stamp, part of the key under which evaluated record rules are
    kept: what another worker commits counts from the next request on, without emptying any cache.
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

    @api.model
    def _stamp(self, viewer_id):
        """The newest change that concerns the viewer, and the day, on which grants and shares end.

        Kept as long as the transaction, and dropped when a savepoint is rolled back.
        """
        stamps = self.env.cr.precommit.data.setdefault(_STAMPS, {})
        if viewer_id not in stamps:
            self.flush_model()
            newest = SQL(
                "SELECT COALESCE(max(id), 0) FROM incom_visibility_event WHERE viewer_id IN (0, %s)",
                viewer_id,
            )
            today = self.env["incom.isolation"]._today()
            stamps[viewer_id] = (self.env.execute_query(newest)[0][0], today)
        return stamps[viewer_id]
