# The order of import is the order of inheritance.
from . import people, customer  # isort: skip
from . import care, isolation, sales
from . import money  # isort: skip
from . import sharing  # isort: skip
from . import cockpit  # isort: skip
from .people import handover  # isort: skip
from . import workday  # isort: skip
