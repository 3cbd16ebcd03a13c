from . import test_backtest
from . import test_chance
from . import test_engine_oracle
from . import test_pin_wizard
from . import test_refresh
from . import test_res_partner
from . import test_ui
