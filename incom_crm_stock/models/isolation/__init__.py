from . import goods  # isort: skip
from . import incom_isolation, product_product, stock_forecasted, stock_move, stock_picking
