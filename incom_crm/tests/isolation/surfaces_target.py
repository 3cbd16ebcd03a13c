"""Ways through targets and the reports on work and collections."""

from .matrix import Surfaces
from .world import ANYBODY, COLLEAGUES, OUTSIDERS, SECRET, SEEING, secrets_in

surfaces = Surfaces()


@surfaces.add()
def work_by_customer(world, env):
    return secrets_in(
        env["incom.work.report"].formatted_read_group([], ["partner_id"], ["__count"])
    )


@surfaces.add()
def work_by_subject(world, env):
    return env["incom.work.report"].search([("name", "ilike", SECRET)])


@surfaces.add()
def work_by_level_of_customer(world, env):
    return env["incom.work.report"].search([("partner_id.name", "ilike", SECRET)])


@surfaces.add(refused=(*ANYBODY, "victim", "leader", "director"), allowed=())
def private_meeting_as_work(world, env):
    """Not even that there was one."""
    meeting = [("res_model", "=", "calendar.event"), ("res_id", "=", world.private_event.id)]
    return env["incom.work.report"].search_count(meeting)


@surfaces.add()
def work_opened(world, env):
    row = world.hidden["incom.work.report"][:1]
    return env["incom.work.report"].browse(row.id).action_open_document()


@surfaces.add(refused=COLLEAGUES + OUTSIDERS, allowed=(*SEEING, "accountant"))
def money_by_customer(world, env):
    return secrets_in(
        env["incom.collection.report"].formatted_read_group([], ["partner_id"], ["amount:sum"])
    )


@surfaces.add()
def target_attained(world, env):
    return env["incom.target"].browse(world.target.id).read(["actual", "share"])


@surfaces.add()
def target_of_victim_attained(world, env):
    """What the cockpit asks for, with the number of somebody else."""
    attained = env["incom.target"]._attainment(world.sale_a1.ids, world.today)
    return attained[world.sale_a1.id]


@surfaces.add(allowed=("victim", "leader", "director"))
def target_thought_up(world, env):
    """A target that is never saved, for the number that would be beside it."""
    values = {
        "user_id": world.sale_a1.id,
        "metric": "collections",
        "value": 1,
        "month": world.today,
    }
    specification = {"actual": {}, "share": {}}
    found = env["incom.target"].onchange(values, ["metric"], specification)
    return found["value"].get("actual")


@surfaces.add()
def target_opened(world, env):
    return env["incom.target"].browse(world.target.id).action_open_actual()["domain"][0][2]


@surfaces.add(refused=(*ANYBODY, "victim"), allowed=("leader", "director"))
def target_set(world, env):
    """Nobody sets his own; only who stands above does."""
    return env["incom.target"].create(
        {"user_id": world.sale_a1.id, "metric": "calls", "value": 1, "month": world.today}
    )


@surfaces.add(refused=(*ANYBODY, "victim"), allowed=("leader", "director"))
def target_lowered(world, env):
    return env["incom.target"].browse(world.target.id).write({"value": 1})


@surfaces.add(refused=(*ANYBODY, "victim"), allowed=("leader", "director"))
def target_dropped(world, env):
    return env["incom.target"].browse(world.target.id).unlink()


@surfaces.add(refused=(*ANYBODY, "victim"), allowed=("leader", "director"))
def target_set_by_wizard(world, env):
    wizard = env["incom.target.wizard"].create({"user_ids": world.sale_a1.ids})
    wizard.line_ids.filtered(lambda line: line.metric == "calls").value = 5
    wizard.action_apply()
    found = [("user_id", "=", world.sale_a1.id), ("metric", "=", "calls")]
    return world.env["incom.target"].search(found)


@surfaces.add(refused=(*ANYBODY, "victim"), allowed=("leader",))
def own_target_moved_to_another(world, env):
    """A leader's target for somebody below him, turned into one for the victim."""
    target = env["incom.target"].create(
        {"user_id": world.users["mixed"].id, "metric": "calls", "value": 1, "month": world.today}
    )
    return target.write({"user_id": world.sale_a1.id})
