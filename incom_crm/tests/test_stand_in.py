from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import IncomCrmCommon


@tagged("post_install", "-at_install")
class TestStandIn(IncomCrmCommon):
    """Somebody works with a colleague's customers while he is away."""

    def setUp(self):
        super().setUp()
        self.customer = self.make_customer()

    def name_stand_in(self, by, target, stand_in, **values):
        return (
            self.env["incom.visibility.grant"]
            .with_user(by)
            .create(
                {
                    "target_id": target.id,
                    "user_id": stand_in.id,
                    "date_to": self.days_ago(-7),
                    "reason": "Holiday",
                    **values,
                }
            )
        )

    def sees(self, user, mode="read"):
        self.env.invalidate_all()
        return self.customer.with_user(user).has_access(mode)

    def test_for_oneself(self):
        self.assertFalse(self.sees(self.sale_a2))
        grant = self.name_stand_in(self.sale_a1, self.sale_a1, self.sale_a2)
        self.assertTrue(self.sees(self.sale_a2, "write"))
        self.assertEqual(grant.create_uid, self.sale_a1)
        grant.action_end()
        self.assertFalse(self.sees(self.sale_a2))
        self.assertEqual(grant.ended_by_id, self.sale_a1)

    def test_for_reading_only(self):
        self.name_stand_in(self.sale_a1, self.sale_a1, self.sale_a2, mode="read")
        self.assertTrue(self.sees(self.sale_a2))
        self.assertFalse(self.sees(self.sale_a2, "write"))

    def test_by_a_superior(self):
        self.name_stand_in(self.leader_a, self.sale_a1, self.sale_a2)
        self.assertTrue(self.sees(self.sale_a2))
        self.name_stand_in(self.leader_a, self.leader_a, self.leader_b)
        self.assertTrue(self.sees(self.leader_b))
        self.assertTrue(self.sees(self.director))

    def test_by_an_administrator(self):
        administrator = self._user("people", "base.group_erp_manager")
        self.name_stand_in(administrator, self.sale_a1, self.sale_b1, date_to=False)
        self.assertTrue(self.sees(self.sale_b1))

    def test_attacks(self):
        for by, target, stand_in in (
            (self.sale_a2, self.sale_a1, self.sale_a2),
            (self.sale_b1, self.sale_a1, self.sale_b1),
            (self.sale_a2, self.leader_a, self.sale_a2),
            (self.leader_b, self.sale_a1, self.sale_b1),
            # not among the people of one's superior
            (self.sale_a1, self.sale_a1, self.sale_b1),
            (self.office, self.office, self.sale_a1),
        ):
            with self.subTest(by=by.login), self.assertRaises(AccessError):
                self.name_stand_in(by, target, stand_in)
        for vals in ({"stand_in": self.portal}, {"date_to": False}, {"reason": ""}):
            values = {"stand_in": self.sale_a2, **vals}
            with self.subTest(**vals), self.assertRaises(UserError):
                self.name_stand_in(self.sale_a1, self.sale_a1, **values)

    def test_not_longer_than_allowed(self):
        days = self.env["incom.crm.parameter"]._get("stand_in_max_days")
        for by in (self.sale_a1, self.leader_a):
            for first, last in ((0, -days - 1), (1, -1)):
                with self.subTest(by=by.login, first=first), self.assertRaises(UserError):
                    self.name_stand_in(
                        by,
                        self.sale_a1,
                        self.sale_a2,
                        date_from=self.days_ago(first),
                        date_to=self.days_ago(last),
                    )
            self.name_stand_in(by, self.sale_a1, self.sale_a2, date_to=self.days_ago(-days))
        self.name_stand_in(
            self.director, self.sale_a1, self.sale_a2, date_to=self.days_ago(-days - 1)
        )

    def test_by_superiors_only_where_peers_do_not_share(self):
        parameter = self.env.ref("incom_crm.parameter_share_with_peers")
        parameter.value = 0
        with self.assertRaises(AccessError):
            self.name_stand_in(self.sale_a1, self.sale_a1, self.sale_a2)
        self.name_stand_in(self.leader_a, self.sale_a1, self.sale_a2)
        self.assertTrue(self.sees(self.sale_a2))

    def test_a_stand_in_does_not_name_the_next(self):
        self.name_stand_in(self.leader_a, self.leader_a, self.leader_b)
        with self.assertRaises(AccessError):
            self.name_stand_in(self.leader_b, self.leader_a, self.sale_b1)
        with self.assertRaises(AccessError):
            self.name_stand_in(self.leader_b, self.sale_a1, self.sale_b1)

    def test_a_stand_in_keeps_nothing(self):
        self.name_stand_in(self.sale_a1, self.sale_a1, self.sale_a2)
        with self.assertRaisesRegex(AccessError, "only lent"):
            self.customer.with_user(self.sale_a2).user_id = self.sale_a2
        self.name_stand_in(self.leader_a, self.leader_a, self.leader_b)
        self.customer.with_user(self.leader_b).user_id = self.sale_a2
        self.assertEqual(self.customer.user_id, self.sale_a2)

    def test_what_was_lent_does_not_go_further(self):
        self.name_stand_in(self.leader_a, self.leader_a, self.sale_a1)
        grant = self.name_stand_in(self.sale_a1, self.sale_a1, self.sale_a2)
        self.assertFalse(grant.transitive)
        others = self.make_customer("Of the leader", user=self.leader_a)
        self.assertTrue(others.with_user(self.sale_a1).has_access("read"))
        self.assertFalse(others.with_user(self.sale_a2).has_access("read"))

    def test_it_is_neither_changed_nor_deleted(self):
        grant = self.name_stand_in(self.sale_a1, self.sale_a1, self.sale_a2)
        for user in (self.sale_a1, self.sale_a2, self.leader_a, self.director):
            for vals in ({"date_to": self.days_ago(-90)}, {"target_id": self.sale_b1.id}):
                with self.subTest(user=user.login), self.assertRaises(UserError):
                    grant.with_user(user).write(vals)
            with self.assertRaises(AccessError):
                grant.with_user(user).unlink()
        with self.assertRaises(AccessError):
            grant.with_user(self.sale_b1).action_end()
        with self.assertRaises(AccessError):
            self.name_stand_in(
                self.sale_a1, self.sale_a1, self.sale_a2, create_uid=self.director.id
            )

    def test_a_superior_ends_what_an_administrator_named(self):
        grant = self.name_stand_in(self.env.user, self.sale_a1, self.sale_b1)
        grant.with_user(self.leader_a).action_end()
        self.assertFalse(self.sees(self.sale_b1))

    def test_first_and_last_day(self):
        self.name_stand_in(
            self.sale_a1,
            self.sale_a1,
            self.sale_a2,
            date_from=self.days_ago(-2),
            date_to=self.days_ago(-4),
        )
        for days, seen in ((0, False), (2, True), (4, True), (5, False)):
            with freeze_time(fields.Datetime.now() + timedelta(days=days)):
                self.env.cr.precommit.data.clear()
                self.assertEqual(self.sees(self.sale_a2), seen)

    def test_loops_are_harmless(self):
        for target, stand_in in (
            (self.sale_a1, self.sale_a2),
            (self.sale_a2, self.sale_a1),
            (self.leader_a, self.sale_a1),
            (self.director, self.leader_a),
        ):
            self.name_stand_in(self.env.user, target, stand_in)
        # whoever stands in for the leader stands, through him, in for the director
        self.assertIn(self.sale_b1.id, self.env["incom.isolation"]._user_ids(self.sale_a2))
        self.assertTrue(self.sees(self.sale_a2))
        self.assertFalse(self.sees(self.sale_b1))
