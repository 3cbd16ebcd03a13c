from odoo.tools import SQL

# Databases with fewer messages are read at once on installation, others by the job.
SMALL_HISTORY = 20_000


def post_init_hook(env):
    """Propose each company's time zone, read the history into the diary, work out every customer.

    Isolation is on from the start where there are no customers yet; elsewhere somebody decides.
    """
    env["res.company"].search([])._propose_crm_timezone()
    diary = env["incom.interaction"]
    if env.execute_query(SQL("SELECT count(*) < %s FROM mail_message", SMALL_HISTORY))[0][0]:
        diary._backfill()
    else:
        diary._backfill_start()
    env["incom.customer.profile"]._refresh()
    if not env["incom.customer.profile"].search_count([], limit=1):
        env["incom.isolation"]._switch(True)


def uninstall_hook(env):
    """Take away what belongs to no record of the addon, and what would hold its records back."""
    env["ir.config_parameter"].search([("key", "=like", "incom_crm.%")]).unlink()
    # levels go before the tables that refer to them
    env.flush_all()
    env.cr.execute(
        SQL("TRUNCATE incom_customer_profile, incom_approach_level_log, incom_customer_pin")
    )
    env.invalidate_all()
