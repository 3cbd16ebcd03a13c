from . import morning_mail
