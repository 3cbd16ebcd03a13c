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
    _remove_activities(env)
    # apps that extend mail.thread have names of their own for what our models inherit: they would stay
    env.cr.execute(
        SQL(
            """DELETE FROM ir_model_data
                WHERE model = 'ir.model.inherit' AND starts_with(name, 'model_inherit__incom_')
                  AND NOT starts_with(module, 'incom_crm')"""
        )
    )
    env.cr.execute(
        SQL("TRUNCATE incom_customer_profile, incom_approach_level_log, incom_customer_pin")
    )
    env.invalidate_all()


def _remove_activities(env):
    """What the alerts asked for goes; work of the addon's types becomes ordinary work, done work too.

    Done activities are archived: Odoo would not find them, and could not remove their types.
    """
    env.cr.execute(SQL("DELETE FROM mail_activity WHERE incom_alert_id IS NOT NULL AND active"))
    env.cr.execute(
        SQL(
            """UPDATE mail_activity SET activity_type_id = %s
                WHERE activity_type_id IN (SELECT res_id FROM ir_model_data
                                            WHERE module = 'incom_crm' AND model = 'mail.activity.type')""",
            env.ref("mail.mail_activity_data_todo").id,
        )
    )
