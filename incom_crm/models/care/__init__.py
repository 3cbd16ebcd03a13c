from . import (
    care_alert,
    care_policy,
    interaction,
    backfill,
    calendar_event,
    calendar_event_figures,
    mail_activity,
    mail_message,
    mail_thread,
    meeting_type,
    res_partner_diary,
)
