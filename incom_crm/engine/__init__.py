from . import refresh, status
