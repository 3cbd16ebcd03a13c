from . import (
    account_move,
    account_partial_reconcile,
    crm_lead,
    crm_team_member,
    sale_order,
    sale_order_line,
)
