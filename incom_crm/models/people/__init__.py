from . import lending  # isort: skip
from . import crm_team, customer_share, org_chart, res_users, visibility_event, visibility_grant
