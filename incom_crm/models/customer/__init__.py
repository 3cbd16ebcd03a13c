# The order of import is the order of inheritance.
from . import customer_source  # isort: skip
from . import customer_profile, customer_profile_period  # isort: skip
from . import (
    approach_level,
    approach_level_log,
    backtest,
    backtest_bin,
    backtest_week,
    company_size,
    crm_parameter,
    customer_chance,
    customer_explanation,
    customer_jobs,
    customer_pin,
    customer_queue,
    customer_reference,
    partner_merge,
    purchase_cycle,
    region,
    res_company,
    res_config_settings,
    res_country_state,
    res_partner,
    res_partner_history,
    res_partner_source,
    res_users,
    resource_calendar,
)
