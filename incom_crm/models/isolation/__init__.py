# Columns before the views that show them: the order of import is the order of creation.
from . import customer_document  # isort: skip
from . import account_move, crm_lead, res_partner, sale_order  # isort: skip
from . import isolation  # isort: skip
from . import (  # isort: skip
    account_invoice_report,
    crm_activity_report,
    ir_http,
    ir_rule,
    isolation_log,
    isolation_meetings,
    isolation_overview,
    isolation_plan,
    res_config_settings,
    res_users,
    sale_report,
    visibility_event,
)
from . import guards
