from . import customer_profile, stock_move, stock_move_line
