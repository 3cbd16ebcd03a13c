"""Ways through calendar, chatter, activities, followers, messages and files."""

from datetime import timedelta

from odoo import Command, fields

from .matrix import Surfaces
from .world import ANYBODY, COLLEAGUES, LETTER, OUTSIDERS, SECRET, SEEING, secrets_in

surfaces = Surfaces()
SPYING = "Spy"
UNLESS_ACCOUNTANT = COLLEAGUES + OUTSIDERS
INTERNAL = tuple(who for who in ANYBODY if who != "portal")
SALES = ("victim", "leader")


# -- meetings -------------------------------------------------------------------------------------


@surfaces.add()
def meeting_by_name(world, env):
    return env["calendar.event"].search_read([("name", "ilike", SECRET)], ["name", "location"])


@surfaces.add(allowed=("victim",))
def private_meeting_guessed(world, env):
    """A masked name must not be found by guessing it."""
    return env["calendar.event"].search_count([("name", "=", world.private_event.name)])


@surfaces.add(refused=COLLEAGUES, allowed=SALES)
def contact_invited(world, env):
    event = env["calendar.event"].create(
        {
            "name": "Spy",
            "start": fields.Datetime.now() + timedelta(days=1),
            "stop": fields.Datetime.now() + timedelta(days=2),
            "partner_ids": [Command.link(world.contact.id)],
        }
    )
    return secrets_in(event.attendee_ids.mapped("email"))


@surfaces.add(refused=COLLEAGUES, allowed=SALES)
def own_meeting_given_lead(world, env):
    event = world.own(env, "calendar.event")
    event.write({"opportunity_id": world.lead.id})
    return event.read(["opportunity_id"])


@surfaces.add(refused=INTERNAL)
def attendees_by_mail(world, env):
    return env["calendar.attendee"].search([("partner_id", "=", world.contact.id)])


# -- activities -----------------------------------------------------------------------------------


@surfaces.add()
def activities(world, env):
    mine = [("summary", "ilike", SECRET), ("res_model", "in", ("res.partner", "crm.lead"))]
    return env["mail.activity"].search(mine)


@surfaces.add()
def activity_read(world, env):
    on_customer = world.activities[:1]
    return env["mail.activity"].browse(on_customer.id).read(["summary"])


@surfaces.add()
def activity_overview(world, env):
    """The activity view asks by model; documents it names are looked up like any other."""
    data = env["mail.activity"].get_activity_data("crm.lead", [("id", "=", world.lead.id)])
    return data["activity_res_ids"]


@surfaces.add(allowed=SALES)
def activity_put_on_lead(world, env):
    return env["mail.activity"].create(
        {
            "res_model_id": world.env["ir.model"]._get_id("crm.lead"),
            "res_id": world.lead.id,
            "user_id": env.uid,
            "summary": "Spy",
        }
    )


# -- messages -------------------------------------------------------------------------------------


@surfaces.add()
def messages_of_lead(world, env):
    on_lead = [("model", "=", "crm.lead"), ("res_id", "=", world.lead.id)]
    return env["mail.message"].search(on_lead)


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=(*SEEING, "accountant"))
def message_on_order_read(world, env):
    on_order = world.messages.filtered(lambda message: message.model == "sale.order")
    return env["mail.message"].browse(on_order.id).read(["body"])


@surfaces.add(refused=UNLESS_ACCOUNTANT)
def note_written_on_lead(world, env):
    return env["crm.lead"].browse(world.lead.id).message_post(body=SPYING)


@surfaces.add(refused=INTERNAL)
def notifications(world, env):
    return env["mail.notification"].search([("res_partner_id", "=", world.contact.id)])


@surfaces.add(refused=COLLEAGUES, allowed=SALES)
def contact_in_composer(world, env):
    lead = world.own(env, "crm.lead")
    composer = env["mail.compose.message"].create(
        {
            "model": "crm.lead",
            "res_ids": str(lead.ids),
            "partner_ids": [Command.set(world.contact.ids)],
            "body": "Spy",
        }
    )
    return composer.partner_ids.mapped("email")


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=SALES)
def mailed_in_bulk(world, env):
    composer = env["mail.compose.message"].create(
        {
            "composition_mode": "mass_mail",
            "model": "res.partner",
            "res_ids": str(world.customer.ids),
            "subject": "Spy",
            "body": "<t t-out='object.name'/>",
        }
    )
    composer.action_send_mail()
    sent = world.env["mail.mail"].search([("recipient_ids", "in", world.customer.ids)])
    return sent


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=())
def mailed_in_bulk_on_behalf(world, env):
    """Naming another user as the one whose view counts."""
    composer = env["mail.compose.message"].create(
        {
            "composition_mode": "mass_mail",
            "model": "res.partner",
            "res_domain": str([("id", "=", world.customer.id)]),
            "res_domain_user_id": world.sale_a1.id,
            "subject": "Spy",
            "body": "Spy",
        }
    )
    composer.action_send_mail()
    return world.env["mail.mail"].search([("recipient_ids", "in", world.customer.ids)])


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=SALES)
def texted(world, env):
    composer = env["sms.composer"].create(
        {
            "composition_mode": "comment",
            "res_model": "res.partner",
            "res_id": world.customer.id,
            "body": "Spy",
        }
    )
    return secrets_in(composer.read(["recipient_single_description", "recipient_single_number"]))


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=())
def template_rendered(world, env):
    """A placeholder in a text of one's own."""
    composer = env["mail.compose.message"].create(
        {
            "composition_mode": "comment",
            "model": "res.partner",
            "res_ids": str(world.customer.ids),
            "subject": "{{ object.name }}",
        }
    )
    return secrets_in(composer.read(["subject", "partner_ids"]))


# -- files ----------------------------------------------------------------------------------------


@surfaces.add()
def files_of_lead(world, env):
    on_lead = [("res_model", "=", "crm.lead"), ("res_id", "=", world.lead.id)]
    return env["ir.attachment"].search(on_lead)


@surfaces.add(refused=COLLEAGUES + OUTSIDERS)
def file_read(world, env):
    return env["ir.attachment"].browse(world.files[0].id).read(["name", "datas"])


@surfaces.add()
def files_by_name(world, env):
    mine = [("name", "ilike", SECRET), ("res_model", "in", ("res.partner", "crm.lead"))]
    return env["ir.attachment"].search(mine)


@surfaces.add(refused=COLLEAGUES + OUTSIDERS, allowed=())
def file_moved_to_own(world, env):
    """A file of another's document put on one's own."""
    lead = world.own(env, "crm.lead")
    message = lead.message_post(body=SPYING, attachment_ids=world.files[0].ids)
    return world.files[0] in message.sudo().attachment_ids


@surfaces.add()
def message_read(world, env):
    """On the customer accountants as well see none but their own."""
    return env["mail.message"].browse(world.messages[0].id).read(["body", "record_name"])


@surfaces.add()
def messages_by_text(world, env):
    mine = [("body", "ilike", LETTER), ("model", "in", ("res.partner", "crm.lead"))]
    return env["mail.message"].search(mine)


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=SALES)
def followers_listed(world, env):
    return secrets_in(env["res.partner"].browse(world.customer.id).message_get_followers())


@surfaces.add(refused=INTERNAL)
def followers_searched(world, env):
    on_lead = [("res_model", "=", "crm.lead"), ("res_id", "=", world.lead.id)]
    return env["mail.followers"].search(on_lead)


@surfaces.add(refused=COLLEAGUES, allowed=SALES)
def contact_made_follower(world, env):
    lead = world.own(env, "crm.lead")
    lead.message_subscribe(world.contact.ids)
    return secrets_in(lead.message_get_followers())


@surfaces.add(refused=COLLEAGUES, allowed=SALES)
def contact_addressed(world, env):
    """A note on one's own lead, addressed to the hidden contact."""
    lead = world.own(env, "crm.lead")
    message = lead.message_post(body=SPYING, partner_ids=world.contact.ids, message_type="comment")
    return world.contact in message.sudo().partner_ids | message.sudo().notified_partner_ids
