from . import (
    account_move,
    account_move_line,
    account_partial_reconcile,
    crm_lead,
    crm_lead_stage,
    crm_team_member,
    isolation,
    sale_order,
    sale_order_line,
    target,
)
