from . import incom_isolation, mailing_mailing
