"""Ways to a lead, and through one's own lead to somebody's customer."""

from odoo import Command

from .matrix import Surfaces
from .world import ANYBODY, COLLEAGUES, OUTSIDERS, SECRET, SECRET_MAIL, SECRET_PHONE, secrets_in

surfaces = Surfaces()
SALES = ("victim", "leader")

COPIED = ["partner_name", "contact_name", "email_from", "phone", "street", "partner_id"]


@surfaces.add()
def lead_by_name(world, env):
    return env["crm.lead"].search_read([("name", "=", world.lead.name)], ["name"])


@surfaces.add()
def lead_by_customers_name(world, env):
    return env["crm.lead"].search_count([("partner_id.name", "ilike", SECRET)])


@surfaces.add()
def lead_grouped_by_customer(world, env):
    return secrets_in(env["crm.lead"].formatted_read_group([], ["partner_id"], ["__count"]))


@surfaces.add()
def lead_copied(world, env):
    return env["crm.lead"].browse(world.lead.id).copy()


@surfaces.add()
def lead_metadata(world, env):
    return env["crm.lead"].browse(world.lead.id).get_metadata()


@surfaces.add(allowed=SALES)
def lead_created_for_customer(world, env):
    lead = env["crm.lead"].create({"name": "Spy", "partner_id": world.customer.id})
    return lead.read(COPIED)


@surfaces.add(allowed=SALES)
def own_lead_given_customer(world, env):
    lead = world.own(env, "crm.lead")
    lead.write({"partner_id": world.contact.id})
    return lead.read(COPIED)


@surfaces.add(allowed=SALES)
def lead_form_with_customer(world, env):
    specification = {name: {} for name in COPIED} | {"partner_id": {"fields": {"display_name": {}}}}
    values = {"name": "Spy", "partner_id": world.customer.id}
    return secrets_in(env["crm.lead"].onchange(values, ["partner_id"], specification))


@surfaces.add(allowed=SALES)
def lead_imported_by_number(world, env):
    rows = [["Spy", str(world.customer.id)]]
    ids = env["crm.lead"].load(["name", "partner_id/.id"], rows)["ids"]
    return ids and env["crm.lead"].browse(ids).read(COPIED)


@surfaces.add(allowed=SALES)
def lead_imported_by_name(world, env):
    ids = env["crm.lead"].load(["name", "partner_id"], [["Spy", world.customer.name]])["ids"]
    return ids and env["crm.lead"].browse(ids).partner_id


@surfaces.add(refused=COLLEAGUES, allowed=SALES)
def customer_matched_on_conversion(world, env):
    lead = world.own(env, "crm.lead", type="lead", email_from=SECRET_MAIL)
    wizard = env["crm.lead2opportunity.partner"].with_context(
        active_model="crm.lead", active_id=lead.id, active_ids=lead.ids
    )
    found = wizard.create({})
    return found.partner_id | found.duplicated_lead_ids.partner_id


@surfaces.add(allowed=SALES)
def leads_merged(world, env):
    own = world.own(env, "crm.lead")
    wizard = env["crm.merge.opportunity"].create(
        {"opportunity_ids": [Command.set([own.id, world.lead.id])], "user_id": env.uid}
    )
    return wizard.action_merge()


@surfaces.add()
def lead_taken_over(world, env):
    return env["crm.lead"].browse(world.lead.id).write({"user_id": env.uid})


@surfaces.add(refused=tuple(who for who in ANYBODY if who != "other_leader"), allowed=("leader",))
def lead_nobody_has(world, env):
    """Superiors hand them out; they are no pool unless a setting says so."""
    return (
        env["crm.lead"]
        .browse(world.unowned_lead.id)
        .search_read([("user_id", "=", False), ("name", "ilike", SECRET)], ["name"])
    )


@surfaces.add(refused=COLLEAGUES + OUTSIDERS, allowed=SALES)
def lead_counted_on_customer(world, env):
    return env["res.partner"].browse(world.customer.id).opportunity_count


@surfaces.add(refused=COLLEAGUES, allowed=())
def own_lead_given_away(world, env):
    """Not to a peer, not to nobody: only a superior hands over."""
    return world.own(env, "crm.lead").write({"user_id": world.helper.id})


@surfaces.add(refused=COLLEAGUES, allowed=SALES)
def similar_leads(world, env):
    """Duplicates by the victim's mail and phone: neither ids nor how many."""
    own = world.own(env, "crm.lead", email_from=SECRET_MAIL, phone=SECRET_PHONE)
    found = own.read(["duplicate_lead_ids", "duplicate_lead_count"])[0]
    return set(found["duplicate_lead_ids"]) - {own.id} or found["duplicate_lead_count"] > 1
