from . import (
    customer_pin_wizard,
    customer_share_wizard,
    directive_wizard,
    handover_wizard,
    isolation_switch,
    isolation_switch_owner,
    isolation_switch_person,
    isolation_switch_proposal,
    target_wizard,
    target_wizard_line,
    order_rest_wizard,
)
