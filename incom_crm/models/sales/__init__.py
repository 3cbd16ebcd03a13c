from . import account_move, account_partial_reconcile, crm_lead, sale_order, sale_order_line
