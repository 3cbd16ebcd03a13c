from odoo import models
from odoo.fields import Domain

from ...engine import visibility


class Isolation(models.AbstractModel):
    """Whose day reports somebody sees: his own and those of the people below him."""

    _inherit = "incom.isolation"

    def _day_report_domain(self, viewer, mode):
        """Read: those below as well; nobody but the author writes."""
        people = viewer.user_ids if mode == visibility.READ else (viewer.user_id,)
        return Domain("user_id", "in", people)
