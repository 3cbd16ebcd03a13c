from . import incom_isolation
