# The order of import is the order of inheritance.
from . import cockpit  # isort: skip
from . import period, scope, tiles  # isort: skip
from . import day  # isort: skip
from . import (
    charts,
    counting,
    crm_lead,
    customer_profile,
    grid,
    matrix,
    sale_order,
    worklist,
)
