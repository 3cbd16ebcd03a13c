def post_init_hook(env):
    """Propose each company's time zone and work out every customer once."""
    env["res.company"].search([])._propose_crm_timezone()
    env["incom.customer.profile"]._refresh()
