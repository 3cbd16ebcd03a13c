from odoo.tests import tagged

from . import surfaces_activity, surfaces_care, surfaces_customer, surfaces_lead, surfaces_order
from .matrix import MatrixCase


@tagged("post_install", "-at_install")
class TestCustomerSurfaces(MatrixCase):
    surfaces = surfaces_customer.surfaces


@tagged("post_install", "-at_install")
class TestLeadSurfaces(MatrixCase):
    surfaces = surfaces_lead.surfaces


@tagged("post_install", "-at_install")
class TestOrderSurfaces(MatrixCase):
    surfaces = surfaces_order.surfaces


@tagged("post_install", "-at_install")
class TestActivitySurfaces(MatrixCase):
    surfaces = surfaces_activity.surfaces


@tagged("post_install", "-at_install")
class TestCareSurfaces(MatrixCase):
    surfaces = surfaces_care.surfaces
