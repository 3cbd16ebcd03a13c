from contextlib import contextmanager
from unittest.mock import patch

from odoo.tools import SQL

from ..models.care.care_alert import LIVE
from .common import IncomCrmCommon


class CareAlertCase(IncomCrmCommon):
    """Customers whose silence is too long, and the job that asks their salespeople."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alerts = cls.env["incom.care.alert"]

    def neglect(self, name="Silent", user=None, **values):
        """A customer nobody was in touch with for a year."""
        customer = self.make_customer(name, user, **values)
        self.make_interaction(customer, self.days_ago(365))
        return customer

    def run_job(self, stop_after=None):
        """The job as the cron runs it, but for its commits.

        :param stop_after: the number of times it may tell its progress before its time is up
        """
        self.commit()
        told = []

        def progress(*_args, **_kwargs):
            told.append(1)
            return float(stop_after is None or len(told) <= stop_after)

        with patch.object(self.registry["ir.cron"], "_commit_progress", progress):
            self.alerts._cron_work()
        self.env.flush_all()
        self.env.invalidate_all()

    @contextmanager
    def mail_enabled(self):
        """The context of a scheduled job, without the tests' own silence about mail."""
        alerts = self.alerts
        type(self).alerts = alerts.with_env(self.env(context={}))
        try:
            yield
        finally:
            type(self).alerts = alerts

    def set_parameter(self, key, value):
        self.env["incom.crm.parameter"].search([("key", "=", key)]).value = value

    def live(self, customer):
        return self.live_of([customer])

    def live_of(self, customers):
        partner_ids = [customer.id for customer in customers]
        return self.alerts.search([("partner_id", "in", partner_ids), ("state", "in", LIVE)])

    def diary(self, customer):
        return self.env["incom.interaction"].search([("partner_id", "=", customer.id)])

    def open_activities(self, user):
        return self.env["mail.activity"].search(
            [("user_id", "=", user.id), ("incom_alert_id", "!=", False)]
        )

    def stored(self):
        """All there is of alerts and their activities, to compare."""
        self.env.flush_all()
        rows = []
        for table in ("incom_care_alert", "mail_activity"):
            self.env.cr.execute(SQL("SELECT * FROM %s ORDER BY id", SQL.identifier(table)))
            rows.append(self.env.cr.fetchall())
        return rows
