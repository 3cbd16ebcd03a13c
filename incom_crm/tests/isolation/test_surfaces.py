from odoo.tests import tagged

from . import (
    surfaces_activity,
    surfaces_alert,
    surfaces_care,
    surfaces_cockpit,
    surfaces_customer,
    surfaces_lead,
    surfaces_meeting,
    surfaces_money,
    surfaces_order,
    surfaces_target,
    surfaces_work,
)
from .matrix import MatrixCase, Surfaces, attacked

SURFACES = Surfaces(
    surface
    for module in (
        surfaces_customer,
        surfaces_lead,
        surfaces_order,
        surfaces_money,
        surfaces_activity,
        surfaces_alert,
        surfaces_care,
        surfaces_cockpit,
        surfaces_meeting,
        surfaces_target,
        surfaces_work,
    )
    for surface in module.surfaces
)


@tagged("post_install", "-at_install")
@attacked(SURFACES)
class TestSurfaces(MatrixCase):
    """Every way to somebody's data that is no plain reading of records."""

    def test_names_are_unique(self):
        """Two of one name would be one test."""
        self.assertEqual(len({surface.name for surface in SURFACES}), len(SURFACES))
