from odoo.tools import SQL

from .models.care.backfill import WATERMARK

# Databases with fewer messages are read at once on installation, others by the job.
SMALL_HISTORY = 20_000


def post_init_hook(env):
    """Propose each company's time zone, read the history into the diary, work out every customer."""
    env["res.company"].search([])._propose_crm_timezone()
    diary = env["incom.interaction"]
    if env.execute_query(SQL("SELECT count(*) < %s FROM mail_message", SMALL_HISTORY))[0][0]:
        diary._backfill()
    else:
        diary._backfill_start()
    env["incom.customer.profile"]._refresh()


def uninstall_hook(env):
    """Take away what belongs to no record of the addon: where the back-fill stood."""
    env["ir.config_parameter"].search([("key", "=", WATERMARK)]).unlink()
