from . import test_pin_wizard, test_res_partner, test_ui
from . import test_backtest, test_chance
