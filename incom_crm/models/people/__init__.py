from . import crm_team, customer_share, res_users, visibility_event, visibility_grant
