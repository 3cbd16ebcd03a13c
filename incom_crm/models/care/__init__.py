from . import (
    care_policy,
    interaction,
    backfill,
    calendar_event,
    mail_activity,
    mail_message,
    meeting_type,
    res_partner_diary,
)
