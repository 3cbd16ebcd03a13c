from markupsafe import Markup

from odoo import models
from odoo.tools import format_date

from ...engine.calendar import OpenDays


class CareAlert(models.Model):
    """What people read in the activities of an alert, each in his language."""

    _inherit = "incom.care.alert"

    def _words(self, users):
        """Summary and note of the activities.

        :param dict users: whose list each alert's words are for: ``{alert: user}``
        :return: ``{alert: {"summary": text, "note": html}}``
        """
        words = {}
        for lang in {user.lang for user in users.values()}:
            alerts = self.filtered(lambda alert, lang=lang: users[alert].lang == lang)
            alerts = alerts.with_context(lang=lang)
            profiles = alerts._profiles()
            days = {company: OpenDays(company) for company in alerts.company_id}
            for alert in alerts:
                profile = profiles[alert.partner_id, alert.company_id]
                words[alert] = {
                    "summary": alert._summary(profile, days[alert.company_id], users[alert]),
                    "note": Markup("<p>%s</p>") % profile.status_explanation,
                }
        return words

    def _summary(self, profile, days, reader):
        names = dict(self._fields["care_alert"]._description_selection(self.env))
        text = {
            "alert": names[self.care_alert],
            "reason": profile._explain_reason(f"{self.care_alert}_{self.reason}", days),
        }
        if reader == self.user_id:
            return self.env._("%(alert)s: %(reason)s", **text)
        return self.env._(
            "%(alert)s, in the list of %(user)s since %(day)s: %(reason)s",
            user=self.user_id.name,
            day=format_date(self.env, self.opened_on),
            **text,
        )
