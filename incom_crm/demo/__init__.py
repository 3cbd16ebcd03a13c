from . import incom_demo
