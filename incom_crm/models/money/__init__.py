from . import money_line, sale_order, sale_order_line
