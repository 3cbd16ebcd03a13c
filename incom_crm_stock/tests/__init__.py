from . import test_goods
from . import test_isolation
