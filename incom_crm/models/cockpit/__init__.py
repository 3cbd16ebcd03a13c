# The order of import is the order of inheritance.
from . import cockpit  # isort: skip
from . import period, scope, tiles  # isort: skip
from . import grid  # isort: skip
from . import (
    charts,
    counting,
    crm_lead,
    customer_profile,
    day,
    grid_people,
    matrix,
    sale_order,
    worklist,
)
