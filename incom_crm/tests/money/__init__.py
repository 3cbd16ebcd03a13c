from . import test_money_map, test_money_rest
