"""Ways through what the addon itself adds."""

from .matrix import Surfaces
from .world import ANYBODY, COLLEAGUES, OUTSIDERS, SECRET, SEEING, secrets_in

surfaces = Surfaces()
SALES = ("victim", "leader")


@surfaces.add()
def diary_by_text(world, env):
    return env["incom.interaction"].search([("body", "ilike", SECRET)])


@surfaces.add(allowed=SALES)
def diary_written(world, env):
    partner = env["res.partner"].browse(world.customer.id)
    return partner.incom_log_interaction("Spying on them", channel="visit")


@surfaces.add(refused=COLLEAGUES, allowed=SALES)
def diary_written_with_contact(world, env):
    """A line on one's own customer that names a hidden person."""
    own = world.own(env, "res.partner") if env.user in _strangers(world) else None
    partner = own or env["res.partner"].browse(world.customer.id)
    return partner.incom_log_interaction("Met", contact_id=world.contact.id)


@surfaces.add(allowed=SALES)
def decision_made(world, env):
    wizard = env["incom.customer.pin.wizard"].create(
        {
            "partner_id": world.customer.id,
            "decision": "cycle",
            "cycle_days": 30,
            "reason": "I would like to know",
        }
    )
    return wizard.action_apply() and secrets_in(wizard.read(["partner_id"]))


@surfaces.add(refused=ANYBODY, allowed=("victim", "leader", "director"))
def decision_ended(world, env):
    pin = env["incom.customer.pin"].browse(world.hidden["incom.customer.pin"].id)
    pin.action_end()
    return not pin.sudo().active


@surfaces.add(refused=COLLEAGUES + OUTSIDERS, allowed=(*SEEING, "accountant"))
def profiles_by_customer(world, env):
    rows = env["incom.customer.profile"].formatted_read_group([], ["partner_id"], ["__count"])
    return secrets_in(rows)


@surfaces.add(refused=COLLEAGUES + OUTSIDERS)
def profile_opened(world, env):
    return env["incom.customer.profile"].browse(world.profile_row.id).action_open_customer()


@surfaces.add(refused=COLLEAGUES + OUTSIDERS)
def quotation_offered(world, env):
    """The button hands back no more than the number it was given."""
    return (
        secrets_in(env["res.partner"].browse(world.customer.id).read(["name"]))
        and env["res.partner"].browse(world.customer.id).action_new_quotation()
    )


@surfaces.add(refused=COLLEAGUES + OUTSIDERS)
def newest_line_on_customer(world, env):
    partner = env["res.partner"].browse(world.customer.id)
    return partner.read(["last_interaction_text", "care_alert", "approach_level_id"])


@surfaces.add(allowed=("director",))
def backtest_runs(world, env):
    return env["incom.backtest"].search([]) or env["incom.backtest"].has_access("create")


@surfaces.add(refused=ANYBODY, allowed=())
def queue_read(world, env):
    return env["incom.customer.queue"].search_count([])


@surfaces.add(refused=ANYBODY, allowed=())
def changes_of_visibility_read(world, env):
    return env["incom.visibility.event"].search_count([])


def _strangers(world):
    return world.env["res.users"].concat(*(world.users[who] for who in COLLEAGUES))
