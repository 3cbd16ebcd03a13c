# A day report is extended by its figures and its job.
from . import day_report  # isort: skip
from . import (
    day_report_actions,
    day_report_figures,
    day_report_job,
    interaction,
    isolation,
    mail_activity,
    quick_entry,
    res_partner,
    res_partner_promise,
)
