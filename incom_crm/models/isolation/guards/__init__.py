from . import isolation  # isort: skip
from . import account_move, base, calendar_event, crm_lead, customer_document, hand_over
from . import ir_attachment, ir_rule
from . import mail_activity, mail_followers, mail_message, mail_thread, payment_link_wizard
from . import res_partner, res_partner_bank, sale_order
