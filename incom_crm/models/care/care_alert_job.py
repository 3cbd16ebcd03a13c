import logging

from odoo import api, models
from odoo.tools import SQL

from ...engine import alerts
from ...engine.calendar import all_companies, working_days_back
from .care_alert import OPEN

_logger = logging.getLogger(__name__)

# Alerts brought up to date, and people whose lists are filled, per transaction.
ALERTS_AT_A_TIME = 500
PEOPLE_AT_A_TIME = 50


class CareAlert(models.Model):
    """The job: what it finds done it leaves, so it may be killed at any point and run again."""

    _inherit = "incom.care.alert"

    @api.model
    def _cron_work(self):
        """Bring the alerts up to date, then fill the lists that have room, the worst first."""
        if self.env["incom.interaction"]._backfill_below():
            _logger.info("No alerts before the history is read into the diary.")
            return
        changed = self._bring_up_to_date()
        opened = self._fill_lists() if changed is not None else 0
        _logger.info("Care alerts: %s brought up to date, %s opened.", changed or 0, opened)

    def _bring_up_to_date(self):
        """Close, move and escalate in batches.

        :return: how many; None when time ran out, the job is called again
        """
        changed = 0
        while done := self._update_outdated(SQL("TRUE")):
            changed += done
            if not self.env["ir.cron"]._commit_progress(done, remaining=1):
                return None
        return changed

    def _fill_lists(self):
        """Open alerts in the lists that have room, some people at a time.

        :return: how many
        """
        room, opened = self._people_with_room(), 0
        people = list(room)
        self.env["ir.cron"]._commit_progress(remaining=len(people))
        for start in range(0, len(people), PEOPLE_AT_A_TIME):
            batch = people[start : start + PEOPLE_AT_A_TIME]
            opened += len(self._open_next({user_id: room[user_id] for user_id in batch}))
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                break
        return opened

    # -- reading ----------------------------------------------------------------------------------

    @api.model
    def _today(self, alias):
        return self.env["incom.customer.profile"]._today_sql(alias)

    @api.model
    def _escalated_before(self, alias):
        """Up to which day of opening an alert is the superior's too, for the company of a row."""
        days = self.env["incom.crm.parameter"]._get("alert_escalate_days")
        cases = SQL(" ").join(
            SQL("WHEN %s THEN %s::date", company.id, working_days_back(company, days))
            for company in all_companies(self.env)
        )
        return SQL("(CASE %s %s END)", SQL.identifier(alias, "company_id"), cases)

    @api.model
    def _people_with_room(self):
        """How many more alerts each list takes: ``{user id: number}``, of lists with room alone."""
        self.env.flush_all()
        places = self.env["incom.crm.parameter"]._get("alert_max_open")
        return dict(self.env.execute_query(alerts.people_with_room(self._today, places)))

    # -- bringing up to date ----------------------------------------------------------------------

    @api.model
    def _update_outdated(self, scope):
        """One batch of the alerts that no longer stand as they should.

        :param SQL scope: condition on ``incom_care_alert alert``
        :return: their number
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            alerts.outdated(self._today, self._escalated_before, scope, ALERTS_AT_A_TIME)
        )
        if not rows:
            return 0
        standing = {self.browse(alert_id): now for alert_id, *now in rows}
        outdated = self.union(*standing)
        gone = outdated.filtered(lambda alert: not standing[alert][0])
        moving = (outdated - gone).filtered(lambda alert: standing[alert][0] != alert.user_id.id)
        moved = moving._move({alert: standing[alert][0] for alert in moving})
        (gone | (moving - moved))._close()
        kept = outdated - gone - (moving - moved)
        for alert in kept:
            alert.care_alert = standing[alert][1]
        (kept - moved)._escalate({alert: standing[alert][2] for alert in kept - moved})
        kept.filtered(lambda alert: alert.state in OPEN)._tell()
        return len(outdated)

    def _move(self, owner_ids):
        """Give alerts to who looks after their customers now, the oldest first, as far as there is room.

        :param owner_ids: ``{alert: user id}``
        :return: the alerts that moved
        """
        places = self.env["incom.crm.parameter"]._get("alert_max_open")
        taken = dict(
            self._read_group(
                [("user_id", "in", list(owner_ids.values())), ("state", "in", OPEN)],
                ["user_id"],
                ["__count"],
            )
        )
        room = {user: places - count for user, count in taken.items()}
        moved = self.browse()
        for alert in self.filtered(lambda alert: alert.state in OPEN).sorted("opened_on"):
            owner = self.env["res.users"].browse(owner_ids[alert])
            if room.setdefault(owner, places) > 0:
                room[owner] -= 1
                moved |= alert
                alert._give_to(owner)
        return moved

    def _give_to(self, owner):
        """The new one has the same time as everybody before his superior is told."""
        self._of_job(self.superior_activity_id).unlink()
        self._of_job(self.activity_id).user_id = owner
        self.write(
            {
                "user_id": owner.id,
                "state": "open",
                "opened_on": self._today_of(self.company_id),
                "escalated_to_id": False,
                "escalated_on": False,
            }
        )

    def _escalate(self, superior_ids):
        """Tell the superiors whose turn it is; what is in the list of their people stays there.

        :param superior_ids: ``{alert: user id}``; None where it is nobody's turn
        """
        late = self.filtered(
            lambda alert: superior_ids[alert] not in (None, alert.escalated_to_id.id)
        )
        self._of_job(late.superior_activity_id).unlink()
        for alert in late:
            alert.write(
                {
                    "state": "escalated",
                    "escalated_to_id": superior_ids[alert],
                    "escalated_on": self._today_of(alert.company_id),
                }
            )
        late._put_into_lists("escalated_to_id", "superior_activity_id")

    # -- opening ----------------------------------------------------------------------------------

    @api.model
    def _open_next(self, room):
        """Put the worst customers into the lists of some people.

        :param room: ``{user id: number}``
        :return: the alerts
        """
        self.env.flush_all()
        priority = self.env["incom.customer.profile"]._field_to_sql("profile", "priority")
        rows = self.env.execute_query(alerts.next_ones(self._today, priority, room))
        today = self.env["incom.customer.profile"]._today_by_company()
        new, opened = [], self.browse()
        for partner_id, company_id, user_id, care_alert, reason, rested_id in rows:
            if rested_id:
                opened |= self.browse(rested_id)._reopen(care_alert)
                continue
            new.append(
                {
                    "user_id": user_id,
                    "care_alert": care_alert,
                    "partner_id": partner_id,
                    "company_id": company_id,
                    "reason": reason,
                    "opened_on": today[company_id],
                }
            )
        opened |= self.create(new)
        opened._put_into_lists("user_id", "activity_id")
        return opened

    def _reopen(self, care_alert):
        """The rest is over; opened when it was, so that the superior is told where it lasts too long."""
        state = "escalated" if self.escalated_to_id else "open"
        self.write({"care_alert": care_alert, "state": state, "rest_until": False})
        return self

    def _put_into_lists(self, person, activity):
        """Make the activities of one kind of reader.

        :param person, activity: names of the fields of whom they are for, and of the activities
        """
        # all names at once: an activity asks for the name of its document alone
        self.partner_id.mapped("display_name")
        # without its kind, which a consultant may have removed, it is plain work
        kind = self.env.ref("incom_crm.mail_activity_type_care", raise_if_not_found=False)
        common = {"res_model_id": self.env["ir.model"]._get_id("res.partner")}
        common |= {"activity_type_id": kind.id} if kind else {}
        words = self._words({alert: alert[person] for alert in self})
        values = [
            {**common, **words[alert], **alert._prepare_activity(alert[person])} for alert in self
        ]
        activities = self._of_job(self.env["mail.activity"]).create(values)
        for alert, made in zip(self, activities, strict=True):
            alert[activity] = made
            alert.told_on = self._today_of(alert.company_id)

    def _prepare_activity(self, reader):
        return {
            "res_id": self.partner_id.id,
            "user_id": reader.id,
            "date_deadline": self._today_of(self.company_id),
            # what a superior closes without a word was no attempt to reach the customer
            "automated": reader != self.user_id,
            "incom_alert_id": self.id,
        }

    def _tell(self):
        """Bring what people read in the activities up to the day."""
        for person, activity in (
            ("user_id", "activity_id"),
            ("escalated_to_id", "superior_activity_id"),
        ):
            told = self.filtered(lambda alert, name=activity: alert[name].active)
            for alert, words in told._words({alert: alert[person] for alert in told}).items():
                self._of_job(alert[activity]).write(words)
        for company, of_company in self.grouped("company_id").items():
            of_company.told_on = self._today_of(company)
