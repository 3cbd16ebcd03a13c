# Columns before the views that show them: the order of import is the order of creation.
from . import customer_document  # isort: skip
from . import account_move, crm_lead, res_partner, sale_order  # isort: skip
from . import account_invoice_report, crm_activity_report, ir_rule, isolation, sale_report  # isort: skip
from . import guards
