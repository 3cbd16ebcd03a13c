from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .common import IncomCrmCommon

NAMES = ("kpi_incom_cared", "kpi_incom_neglected", "kpi_incom_meetings")


@tagged("post_install", "-at_install")
class TestDigest(IncomCrmCommon):
    """Care in Odoo's own digest."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.digest = cls.env["digest.digest"].create(
            {"name": "Weekly", **dict.fromkeys(NAMES, True)}
        )
        now = fields.Datetime.now()
        for owner in (cls.sale_a1, cls.sale_b1):
            customer = cls.env["res.partner"].create(
                {"name": "Cared for", "is_company": True, "user_id": owner.id}
            )
            silent = customer.copy({"name": "Silent", "user_id": owner.id})
            for partner, moment in (
                (customer, now - timedelta(hours=3)),
                (customer, now - timedelta(hours=2)),
                (silent, now - timedelta(days=365)),
            ):
                cls.env["incom.interaction"].create(
                    {
                        "partner_id": partner.id,
                        "user_id": owner.id,
                        "company_id": cls.company.id,
                        "date": moment,
                        "channel": "phone",
                        "direction": "out",
                        "grade": "content",
                        "body": "Talked",
                        "recorded_on": moment,
                    }
                )
            cls.env["calendar.event"].create(
                {
                    "name": "Visit",
                    "user_id": owner.id,
                    "start": now - timedelta(hours=3),
                    "stop": now - timedelta(hours=2),
                    "partner_ids": [Command.set((customer | owner.partner_id).ids)],
                    "meeting_outcome": "held",
                }
            )
            cls.env["incom.customer.profile"]._refresh((customer | silent).ids)

    def figures(self, user):
        """The figures of the last 24 hours in a user's digest."""
        self.env.flush_all()
        kpis = self.digest._compute_kpis(self.company, user)
        return {kpi["kpi_name"]: kpi["kpi_col1"]["value"] for kpi in kpis}

    def test_as_the_reader(self):
        own = dict.fromkeys(NAMES, 1)
        self.assertEqual(self.figures(self.sale_a1), own)
        self.assertEqual(self.figures(self.leader_b), own)
        self.assertEqual(self.figures(self.sale_a2), dict.fromkeys(NAMES, 0))
        self.assertEqual(self.figures(self.director), dict.fromkeys(NAMES, 2))

    def test_who_does_not_read_care(self):
        self.assertEqual(self.figures(self.office), {})

    def test_links(self):
        actions = self.digest._compute_kpis_actions(self.company, self.sale_a1)
        for name in NAMES:
            self.assertTrue(self.env.ref(actions[name]))
