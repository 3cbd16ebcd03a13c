from . import goods, isolation
