from . import customer_pin_wizard
