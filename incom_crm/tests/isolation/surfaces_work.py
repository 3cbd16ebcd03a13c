"""Ways through promises, work given from above, quick entry and day reports."""

from datetime import timedelta

from .matrix import Surfaces
from .world import ANYBODY, COLLEAGUES, OUTSIDERS, SECRET, SEEING, secrets_in

surfaces = Surfaces()
VICTIM = ("victim",)
COMMENT = "Not good enough"


def _customer(world, env):
    return env["res.partner"].browse(world.customer.id)


def _tomorrow(world):
    return world.today + timedelta(days=1)


@surfaces.add()
def next_step_planned(world, env):
    return _customer(world, env).incom_next_step("Spy on them", _tomorrow(world))


@surfaces.add()
def written_down_quickly(world, env):
    return _customer(world, env).incom_write_down("Spied on them")


@surfaces.add()
def promised(world, env):
    return _customer(world, env).incom_promise("All they want", _tomorrow(world))


@surfaces.add(refused=(*ANYBODY, "victim"), allowed=("leader", "director"))
def directive_given(world, env):
    people = world.users["victim"]
    return _customer(world, env).incom_give_directive(people.id, "Leave", _tomorrow(world))


@surfaces.add(allowed=("victim", "leader"))
def help_asked_for(world, env):
    return _customer(world, env).incom_ask_help("What are they up to")


@surfaces.add()
def overdue_promises(world, env):
    return secrets_in(_customer(world, env).incom_overdue_promises())


@surfaces.add()
def promise_listed(world, env):
    return env["mail.activity"].search([("summary", "ilike", f"Samples for {SECRET}")])


@surfaces.add()
def promise_kept(world, env):
    return env["mail.activity"].browse(world.promise.id).incom_promise_kept()


@surfaces.add()
def promise_put_off(world, env):
    promise = env["mail.activity"].browse(world.promise.id)
    return promise.incom_promise_put_off(_tomorrow(world), "Because I can")


@surfaces.add(refused=COLLEAGUES + OUTSIDERS, allowed=(*SEEING, "accountant"))
def customer_found_by_name(world, env):
    return secrets_in(env["res.partner"].incom_find_customers(SECRET))


@surfaces.add(refused=COLLEAGUES + OUTSIDERS, allowed=(*SEEING, "accountant"))
def customer_found_by_number(world, env):
    return secrets_in(env["res.partner"].incom_find_customers("3825 7863"))


@surfaces.add(refused=COLLEAGUES + OUTSIDERS, allowed=(*SEEING, "accountant"))
def customer_of_a_document(world, env):
    models = (("res.partner", world.contact), ("crm.lead", world.lead), ("sale.order", world.order))
    return [
        found
        for model, record in models
        if secrets_in(found := env["res.partner"].incom_customer_of(model, record.id) or {})
    ]


@surfaces.add()
def day_of_somebody(world, env):
    return env["incom.day.report"].get_day(world.users["victim"].id)


@surfaces.add()
def day_by_its_note(world, env):
    return env["incom.day.report"].search([("note", "ilike", SECRET)])


@surfaces.add()
def day_commented(world, env):
    report = env["incom.day.report"].browse(world.day_report.id)
    return report.message_post(body=COMMENT, message_type="comment")


@surfaces.add()
def day_discussed(world, env):
    """The call for help in the chatter of the day."""
    messages = env["mail.message"].search(
        [("model", "=", "incom.day.report"), ("res_id", "=", world.day_report.id)]
    )
    return secrets_in(messages.mapped("body"))


@surfaces.add(refused=(*ANYBODY, "leader", "director"), allowed=VICTIM)
def day_written(world, env):
    return env["incom.day.report"].browse(world.day_report.id).write({"note": "Lazy"})


@surfaces.add(refused=(*ANYBODY, "leader", "director"), allowed=VICTIM)
def day_reopened(world, env):
    return env["incom.day.report"].browse(world.day_report.id).action_reopen()


@surfaces.add(refused=(*ANYBODY, *SEEING), allowed=())
def figures_forged(world, env):
    return env["incom.day.report"].browse(world.day_report.id).write({"orders": 99})


@surfaces.add(refused=(*ANYBODY, *SEEING), allowed=())
def day_made_up(world, env):
    return env["incom.day.report"].create(
        {
            "user_id": world.users["victim"].id,
            "date": world.today - timedelta(days=9),
            "company_id": world.company.id,
        }
    )


@surfaces.add()
def figure_opened(world, env):
    report = env["incom.day.report"].browse(world.day_report.id)
    return report.with_context(figure="calls").action_open_figure()
