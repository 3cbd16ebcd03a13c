# What is built on the tree and on isolation: passing on, reasons, automatic shares.
from . import isolation, isolation_reasons  # isort: skip
from . import (
    calendar_event,
    customer_document,
    customer_share,
    mail_activity,
    mail_thread,
    res_partner,
)
