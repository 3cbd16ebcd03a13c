# what a line is before what is done with it
from . import handover, handover_line  # isort: skip
from . import (
    crm_team,
    customer_share,
    handover_turn,
    handover_work,
    ir_ui_menu,
    isolation,
    res_partner,
    res_users,
)
