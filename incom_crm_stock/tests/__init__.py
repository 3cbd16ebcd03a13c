from . import test_goods
from . import test_isolation
from . import test_matrix
