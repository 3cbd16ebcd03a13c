from . import isolation  # isort: skip
from . import base, calendar_event, ir_rule, payment_link_wizard, res_partner
