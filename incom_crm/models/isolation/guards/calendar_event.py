from odoo import api, models
from odoo.fields import Domain

# What a private meeting is about; that somebody is busy, with whom and when, others may see.
CONTENT = frozenset(
    {
        "description",
        "display_name",
        "location",
        "name",
        "opportunity_id",
        "outcome_text",
        "videocall_location",
        "visit_accuracy",
        "visit_latitude",
        "visit_longitude",
        "visit_planned_start",
    }
)


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Core reads whether a meeting is private before it knows whether it may be read.

        Without this every search of messages that meets a hidden meeting fails: inbox, history, chatter.
        """
        hidden = self.env["incom.isolation"]._hidden(self)
        result = super(CalendarEvent, self - hidden)._mail_get_operation_for_mail_message_operation(
            message_operation
        )
        # the check that follows refuses them
        result.update(dict.fromkeys(hidden, "read"))
        return result

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        """Of a private meeting others see "Busy": nor may they find it by its words."""
        if not bypass_access and self.env["incom.isolation"]._restricts():
            domain = Domain(domain)
            if any(c.field_expr.partition(".")[0] in CONTENT for c in domain.iter_conditions()):
                mine = Domain("partner_ids", "in", self.env.user.partner_id.ids)
                domain &= mine | Domain(self._get_default_privacy_domain())
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)
