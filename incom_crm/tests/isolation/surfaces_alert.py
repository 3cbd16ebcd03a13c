"""Ways through alerts, the work they make, and care put off."""

from datetime import timedelta

from .matrix import Surfaces
from .world import ANYBODY, SECRET, secrets_in

surfaces = Surfaces()
VICTIM = ("victim",)


@surfaces.add()
def alerts_by_customer(world, env):
    rows = env["incom.care.alert"].formatted_read_group([], ["partner_id"], ["__count"])
    return secrets_in(rows)


@surfaces.add()
def alerts_by_name(world, env):
    return env["incom.care.alert"].search([("partner_id.name", "ilike", SECRET)])


@surfaces.add()
def work_of_alert(world, env):
    return env["mail.activity"].search([("incom_alert_id", "=", world.alert.id)])


@surfaces.add()
def words_of_alert(world, env):
    activity = env["mail.activity"].browse(world.alert.activity_id.id)
    return secrets_in(activity.read(["res_name", "summary", "incom_alert_id"]))


@surfaces.add(allowed=VICTIM)
def work_of_alert_done(world, env):
    env["mail.activity"].browse(world.alert.activity_id.id).action_feedback("I did it for them")
    return world.alert.state == "done"


@surfaces.add(refused=ANYBODY, allowed=())
def alert_closed_by_hand(world, env):
    env["incom.care.alert"].browse(world.alert.id).state = "closed"
    return True


@surfaces.add()
def waiting_for_a_place(world, env):
    profiles = env["incom.customer.profile"]
    found = profiles.search([("alert_waiting", "in", [True, False])])
    return secrets_in(found.read(["partner_id"]))


@surfaces.add(allowed=("victim", "leader"))
def care_put_off(world, env):
    until = world.today + timedelta(days=5)
    return env["res.partner"].browse(world.customer.id).incom_put_off(until, "I would like to know")
