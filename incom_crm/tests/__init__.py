from . import money
from . import test_access
from . import test_attainment
from . import test_attainment_collections
from . import test_attainment_work
from . import test_backfill
from . import test_backtest
from . import test_care_preview
from . import test_care_trigger
from . import test_care_alert
from . import test_care_alert_people
from . import test_morning_mail
from . import test_put_off
from . import test_chance
from . import test_cockpit
from . import test_day_report
from . import test_cockpit_access
from . import test_cockpit_numbers
from . import test_cockpit_period
from . import test_demo
from . import test_digest
from . import test_engine_care_cases
from . import test_engine_cases
from . import test_engine_oracle
from . import test_goods
from . import test_guards_calendar
from . import test_guards_chatter
from . import test_guards_documents
from . import test_guards_duplicates
from . import test_guards_flows
from . import test_guards_hand_over
from . import test_guards_links
from . import test_guards_many
from . import test_guards_owner
from . import test_handover
from . import test_handover_access
from . import test_handover_job
from . import test_handover_undo
from . import test_interaction
from . import test_interaction_changes
from . import test_interaction_entry
from . import test_interaction_future
from . import test_interaction_once
from . import test_interaction_sources
from . import test_meeting_figures
from . import test_meeting_outcome
from . import test_meeting_tours
from . import test_next_step
from . import test_open_work
from . import test_oracle
from . import test_org_chart
from . import test_parameter
from . import test_pin_wizard
from . import test_plain_text
from . import test_refresh
from . import test_res_partner
from . import test_robustness
from . import test_share
from . import test_share_reasons
from . import test_share_ui
from . import test_share_work
from . import test_stand_in
from . import test_switch
from . import test_target
from . import test_translation
from . import test_two_workers
from . import test_ui
from . import test_uninstall
from . import test_visit
from . import test_work_report
from . import test_work_ui
from .isolation import test_models as test_isolation_models
from .isolation import test_flows as test_isolation_flows
from .isolation import test_overview as test_isolation_overview
from .isolation import test_people as test_isolation_people
from .isolation import test_registry as test_isolation_registry
from .isolation import test_surfaces as test_isolation_surfaces
from .isolation import test_web as test_isolation_web
