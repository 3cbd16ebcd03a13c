from . import engine, fields, models, wizard
from .hooks import post_init_hook
