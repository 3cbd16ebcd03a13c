from datetime import datetime
from unittest.mock import patch
from zoneinfo import ZoneInfo

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models.care import res_users as clock
from .common import TZ, IncomCrmCommon


class MorningMailCase(IncomCrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mails = cls.env["incom.morning.mail"]
        cls.env["res.users"].search([]).crm_morning_mail = False
        cls.people = cls.director | cls.leader_a | cls.leader_b | cls.sale_a1 | cls.sale_b1
        cls.people.crm_morning_mail = True
        cls.people.crm_morning_mail_workdays = False

    def neglect(self, name, user=None):
        customer = self.make_customer(name, user)
        self.make_interaction(customer, self.days_ago(365))
        self.commit()
        return customer

    def send_at(self, hour, day=None):
        """The cron at an hour of the day in Viet Nam.

        :return: the mails it queued
        """
        before = self.env["mail.mail"].search([])
        day = day or self.today
        now = datetime(day.year, day.month, day.day, hour, 5, tzinfo=ZoneInfo(TZ))

        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return now.astimezone(tz)

        with (
            patch.object(clock, "datetime", Clock),
            patch.object(self.registry["ir.cron"], "_commit_progress", lambda *a, **k: 1.0),
        ):
            self.mails._cron_send()
        return self.env["mail.mail"].search([]) - before

    def mail_to(self, user, mails):
        mail = mails.filtered(lambda mail: mail.email_to == user.email_formatted)
        self.assertEqual(len(mail), 1, user.login)
        return mail


@tagged("post_install", "-at_install")
class TestMorningMail(MorningMailCase):
    def test_salesperson(self):
        mine, other = self.neglect("Silent Ltd"), self.neglect("Hidden Ltd", self.sale_b1)
        mail = self.mail_to(self.sale_a1, self.send_at(7))
        self.assertEqual(mail.state, "outgoing")
        self.assertIn(mine.name, mail.body_html)
        self.assertIn(f"/odoo/res.partner/{mine.id}", mail.body_html)
        self.assertIn("no contact for 365 days", mail.body_html)
        self.assertIn("Neglected", mail.body_html)
        self.assertNotIn(other.name, mail.body_html)
        self.assertNotIn("Your people", mail.body_html)

    def test_leader_and_director(self):
        mine, other = self.neglect("Silent Ltd"), self.neglect("Hidden Ltd", self.sale_b1)
        mails = self.send_at(7)
        leader = self.mail_to(self.leader_a, mails).body_html
        self.assertIn(self.sale_a1.name, leader)
        self.assertIn(mine.name, leader)
        self.assertNotIn(self.sale_b1.name, leader)
        self.assertNotIn(other.name, leader)
        director = self.mail_to(self.director, mails).body_html
        self.assertIn(self.leader_a.name, director)
        self.assertIn(self.leader_b.name, director)

    def test_numbers_are_the_cockpits(self):
        for number in range(3):
            self.neglect(f"Silent {number}")
        reader = self.mails.with_user(self.sale_a1)
        tiles = self.env["incom.cockpit"].with_user(self.sale_a1).get_tiles()
        numbers = {item["label"]: item["count"] for item in reader._values()["numbers"]}
        self.assertEqual(numbers[tiles["neglected"]["label"]], 3)
        for tile in tiles.values():
            self.assertEqual(numbers.get(tile["label"], tile["count"]), tile["count"])

    def test_once_a_day(self):
        self.neglect("Silent Ltd")
        self.assertTrue(self.send_at(7))
        self.assertFalse(self.send_at(7))
        self.assertFalse(self.send_at(8))

    def test_at_their_hour(self):
        self.neglect("Silent Ltd")
        self.sale_a1.crm_morning_mail_hour = 9
        early = self.send_at(8)
        self.assertNotIn(self.sale_a1.email_formatted, early.mapped("email_to"))
        self.mail_to(self.sale_a1, self.send_at(10))

    def test_not_in_the_evening(self):
        self.neglect("Silent Ltd")
        self.assertFalse(self.send_at(6))
        self.assertFalse(self.send_at(19))

    def test_on_their_clock(self):
        self.neglect("Silent Ltd")
        self.sale_a1.tz = "Europe/Berlin"
        self.assertNotIn(self.sale_a1.email_formatted, self.send_at(7).mapped("email_to"))
        # seven in Berlin
        self.mail_to(self.sale_a1, self.send_at(13))

    def test_nothing_to_say(self):
        self.assertFalse(self.send_at(7))
        self.assertTrue(self.sale_a1.crm_morning_mail_date)

    def test_who_wants_none(self):
        self.neglect("Silent Ltd")
        self.sale_a1.crm_morning_mail = False
        self.assertNotIn(self.sale_a1.email_formatted, self.send_at(7).mapped("email_to"))

    def test_who_sells_nothing(self):
        self.neglect("Silent Ltd")
        (self.office | self.portal | self.accountant).crm_morning_mail = True
        others = (self.office | self.portal | self.accountant).mapped("email_formatted")
        self.assertFalse(set(others) & set(self.send_at(7).mapped("email_to")))

    def test_holiday(self):
        self.neglect("Silent Ltd")
        self.close_company(self.today, self.today)
        self.sale_a1.crm_morning_mail_workdays = True
        mails = self.send_at(7)
        self.assertNotIn(self.sale_a1.email_formatted, mails.mapped("email_to"))
        self.mail_to(self.leader_a, mails)

    def test_language(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.sale_a1.lang = "vi_VN"
        self.neglect("Silent Ltd")
        view = self.env.ref("incom_crm.morning_mail")
        view.update_field_translations(
            "arch_db", {"vi_VN": {"To look after first": "Cần chăm sóc trước"}}
        )
        mails = self.send_at(7)
        self.assertIn("Cần chăm sóc trước", self.mail_to(self.sale_a1, mails).body_html)
        self.assertIn("To look after first", self.mail_to(self.leader_a, mails).body_html)

    def test_one_that_fails_keeps_no_other_back(self):
        self.neglect("Silent Ltd")
        send = type(self.mails)._send

        def broken(mails, user):
            if user == self.sale_a1:
                raise ValueError("Nothing works")
            return send(mails, user)

        with (
            patch.object(type(self.mails), "_send", broken),
            mute_logger("odoo.addons.incom_crm.models.care.morning_mail"),
        ):
            sent = self.send_at(7)
        self.mail_to(self.leader_a, sent)
        self.assertFalse(self.sale_a1.crm_morning_mail_date)
        self.mail_to(self.sale_a1, self.send_at(8))

    def test_own_preferences(self):
        own = self.sale_a1.with_user(self.sale_a1)
        own.write({"crm_morning_mail": False, "crm_morning_mail_hour": 6})
        self.assertEqual(self.sale_a1.crm_morning_mail_hour, 6)
        with self.assertRaises(AccessError):
            own.crm_morning_mail_date = self.today
        with self.assertRaises(AccessError):
            self.sale_a2.with_user(self.sale_a1).crm_morning_mail = False

    @mute_logger("odoo.sql_db")
    def test_hour_of_the_day(self):
        with self.assertRaises(CheckViolation):
            self.sale_a1.crm_morning_mail_hour = 24
            self.env.flush_all()

    def test_isolation_off(self):
        self.env["incom.isolation"]._switch(False)
        mine, other = self.neglect("Silent Ltd"), self.neglect("Hidden Ltd", self.sale_b1)
        body = self.mail_to(self.sale_a1, self.send_at(7)).body_html
        self.assertIn(mine.name, body)
        self.assertNotIn(other.name, body, "A salesperson's page is about his own customers")


@tagged("post_install", "-at_install")
class TestMorningMailStopped(MorningMailCase, HttpCase):
    def test_link(self):
        url = self.mails._stop_url(self.sale_a1).partition(self.mails.get_base_url())[2]
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(self.sale_a1.crm_morning_mail, "Opening the link alone stops nothing")
        answer = self.url_open(url, data={"List-Unsubscribe": "One-Click"})
        self.assertEqual(answer.status_code, 200)
        self.assertFalse(self.sale_a1.crm_morning_mail)

    @mute_logger("odoo.http")
    def test_only_who_has_the_mail(self):
        token = self.mails._token(self.sale_a1)
        for path in (f"{self.leader_a.id}/stop/{token}", f"{self.sale_a1.id}/stop/guessed"):
            answer = self.url_open(f"/incom_crm/morning_mail/{path}", data={"x": "1"})
            self.assertEqual(answer.status_code, 404)
        self.assertTrue(self.leader_a.crm_morning_mail)
        self.assertTrue(self.sale_a1.crm_morning_mail)
