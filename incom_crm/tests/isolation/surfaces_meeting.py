"""Ways to a colleague's meetings: results, visits and the figures made of them."""

from .matrix import Surfaces
from .world import ANYBODY, COLLEAGUES, OUTSIDERS, SEEING, secrets_in

surfaces = Surfaces()
SALES = ("victim", "leader")


@surfaces.add()
def meetings_without_result(world, env):
    return env["calendar.event"].search(
        [("outcome_missing", "=", False), ("id", "=", world.event.id)]
    )


@surfaces.add()
def meetings_by_words_of_outcome(world, env):
    world.event.sudo().outcome_text = "Quokka wants more"
    return env["calendar.event"].search([("outcome_text", "ilike", "Quokka")])


@surfaces.add(allowed=SALES)
def outcome_told(world, env):
    return env["calendar.event"].browse(world.event.id).incom_set_outcome("cancelled")


@surfaces.add(refused=COLLEAGUES + OUTSIDERS + ("accountant",), allowed=SEEING)
def meetings_analysed(world, env):
    rows = env["incom.meeting.report"].formatted_read_group(
        [("event_id", "=", world.event.id)], ["partner_id"], ["__count"]
    )
    return secrets_in(rows)


@surfaces.add()
def ratio_of_a_colleague(world, env):
    world.event.sudo().write(
        {
            "meeting_outcome": "held",
            "meeting_type_id": env.ref("incom_crm.meeting_type_opportunity").id,
        }
    )
    day = world.event.meeting_day
    ratio = env["calendar.event"]._incom_ratio(world.sale_a1.ids, day, day)
    return ratio[world.sale_a1.id]["held"]


@surfaces.add(refused=ANYBODY, allowed=("leader", "director"))
def subject_of_private_meeting(world, env):
    """Superiors learn that it was, not what it was about; nobody else anything."""
    row = env["incom.meeting.report"].search([("event_id", "=", world.private_event.id)])
    told = row.read(["event_id", "partner_id"]) if row else False
    if told and secrets_in(told):
        raise AssertionError(f"told: {told}")
    return told


@surfaces.add(allowed=SALES)
def customer_visited(world, env):
    return env["calendar.event"].incom_visit_arrive(world.customer.id)["visit"]


@surfaces.add(refused=ANYBODY, allowed=("victim",))
def visit_of_a_colleague(world, env):
    world.env["calendar.event"].with_user(world.sale_a1).incom_visit_arrive(world.customer.id)
    return env["calendar.event"].incom_visit_current()["visit"]
