from contextlib import closing
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.orm.registry import Registry
from odoo.sql_db import db_connect
from odoo.tests import TransactionCase, new_test_user, tagged

SALESPERSON = "sales_team.group_sale_salesman,base.group_partner_manager"


@tagged("post_install", "-at_install")
class TestTwoWorkers(TransactionCase):
    """What one worker commits counts in the other from its next transaction on.

    Two connections of their own, which see of each other what is committed alone; no cache is
    emptied meanwhile, as the other worker's would not be either.
    """

    def setUp(self):
        super().setUp()
        self.changing, self.reading = self.connect(), self.connect()
        self.boss = new_test_user(self.changing, "two_workers_boss", groups=SALESPERSON)
        self.seller = new_test_user(self.changing, "two_workers_seller", groups=SALESPERSON)
        self.customer = self.changing["res.partner"].create(
            {"name": "Of the seller", "is_company": True, "user_id": self.seller.id}
        )
        self.was_on = self.changing["incom.isolation"]._is_on()
        self.changing["incom.isolation"]._switch(True)
        self.changing.cr.commit()
        self.addCleanup(self.clean_up)
        self.startPatcher(patch.object(Registry, "clear_cache"))

    def connect(self):
        """An environment on a connection of its own."""
        cursor = db_connect(self.env.cr.dbname).cursor()
        self.enterContext(closing(cursor))
        return api.Environment(cursor, SUPERUSER_ID, {})

    def clean_up(self):
        self.changing.cr.rollback()
        self.customer.unlink()
        partners = (self.boss | self.seller).partner_id
        (self.boss | self.seller).unlink()
        partners.unlink()
        self.changing["incom.isolation"]._switch(self.was_on)
        self.changing.cr.commit()

    def seen(self):
        """Whether the boss finds the customer, in the transaction the reading worker has open."""
        partners = self.reading["res.partner"].with_user(self.boss.id)
        return bool(partners.search([("id", "=", self.customer.id)]))

    def check_takes_effect(self, seen):
        """What was changed shows after the commit, in a new transaction, and not before."""
        self.assertEqual(self.seen(), not seen)
        self.changing.flush_all()
        self.reading.cr.rollback()
        self.assertEqual(self.seen(), not seen, "not committed yet")
        self.changing.cr.commit()
        self.reading.cr.rollback()
        self.assertEqual(self.seen(), seen)

    def test_superior(self):
        self.seller.crm_manager_id = self.boss
        self.check_takes_effect(True)
        self.seller.crm_manager_id = False
        self.check_takes_effect(False)

    def test_stand_in(self):
        grant = self.changing["incom.visibility.grant"].create(
            {"user_id": self.boss.id, "target_id": self.seller.id, "reason": "Holiday"}
        )
        self.check_takes_effect(True)
        grant.action_end()
        self.check_takes_effect(False)

    def test_share(self):
        share = self.changing["incom.customer.share"].create(
            {"user_id": self.boss.id, "res_id": self.customer.id, "reason": "Together"}
        )
        self.check_takes_effect(True)
        share.action_end()
        self.check_takes_effect(False)

    def test_older_change_committed_later(self):
        """The stamp also changes when the row that is committed is not the newest one."""
        self.seller.crm_manager_id = self.boss
        self.changing.flush_all()
        self.reading["incom.visibility.event"]._changed()
        self.reading.flush_all()
        self.reading.cr.commit()
        self.check_takes_effect(True)
