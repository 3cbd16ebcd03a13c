"""Ways to a customer beside reading him: side doors of contacts, users and bank accounts."""

from odoo import Command

from .matrix import Surfaces
from .world import (
    ANYBODY,
    COLLEAGUES,
    OUTSIDERS,
    SECRET,
    SECRET_ACCOUNT,
    SECRET_MAIL,
    SECRET_VAT,
    SEEING,
    secrets_in,
)

surfaces = Surfaces()
# Accountants keep customers as core shows them.
UNLESS_ACCOUNTANT = COLLEAGUES + OUTSIDERS
WITH_ACCOUNTANT = (*SEEING, "accountant")

LABELS = {"fields": {"display_name": {}}}


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=WITH_ACCOUNTANT)
def customer_by_name(world, env):
    return env["res.partner"].search_read([("name", "ilike", SECRET)], ["name"])


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=WITH_ACCOUNTANT)
def customer_by_mail(world, env):
    """Archived ones too, through a path of contacts."""
    contacts = env["res.partner"].with_context(active_test=False)
    return contacts.search_count([("parent_id.email", "=", SECRET_MAIL)])


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=WITH_ACCOUNTANT)
def customer_web_read(world, env):
    partner = env["res.partner"].browse(world.customer.id)
    return partner.web_read({"name": {}, "child_ids": {"fields": {"name": {}}}})


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=WITH_ACCOUNTANT)
def customer_web_name_search(world, env):
    return env["res.partner"].web_name_search(SECRET, {"display_name": {}})


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=WITH_ACCOUNTANT)
def customer_grouped(world, env):
    mine = [("id", "=", world.customer.id)]
    return env["res.partner"].formatted_read_group(mine, ["email"], ["__count"])


@surfaces.add(refused=ANYBODY, allowed=SEEING)
def customer_by_care(world, env):
    """The addon's own figures as filters."""
    mine = [("care_alert", "!=", False), ("id", "=", world.customer.id)]
    return env["res.partner"].search_count(mine)


@surfaces.add(refused=UNLESS_ACCOUNTANT)
def customer_taken_over(world, env):
    """By writing oneself as the salesperson."""
    return env["res.partner"].browse(world.customer.id).write({"user_id": env.uid})


@surfaces.add(refused=COLLEAGUES + OUTSIDERS)
def contact_rewritten(world, env):
    return env["res.partner"].browse(world.contact.id).write({"phone": "1"})


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=("victim", "leader", "director"))
def contact_deleted(world, env):
    spare = world.env["res.partner"].create({"name": SECRET, "parent_id": world.customer.id})
    return env["res.partner"].browse(spare.id).unlink()


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=WITH_ACCOUNTANT)
def mentions_suggested(world, env):
    return secrets_in(env["res.partner"].get_mention_suggestions(SECRET))


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=("victim", "leader", "director"))
def found_by_mail_or_created(world, env):
    hidden = world.hidden["res.partner"].ids
    return env["res.partner"].find_or_create(SECRET_MAIL).id in hidden


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=())
def contact_imported_below(world, env):
    """By the name of the hidden company; core's import lets no salesperson do it at all."""
    hidden = world.hidden["res.partner"].ids
    found = env["res.partner"].load(["parent_id", "name"], [[world.customer.name, "New"]])
    return env["res.partner"].browse(found["ids"] or []).parent_id.id in hidden


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=WITH_ACCOUNTANT)
def vcard(world, env):
    return env["res.partner"].browse(world.customer.id)._get_vcard_file()


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=("accountant", "director"))
def bank_account_by_number(world, env):
    return env["res.partner.bank"].search([("acc_number", "=", SECRET_ACCOUNT)])


@surfaces.add(refused=COLLEAGUES, allowed=())
def bank_account_twice(world, env):
    """The warning about a number that another has must name nobody."""
    own = world.own(env, "res.partner")
    account = env["res.partner.bank"].create({"acc_number": SECRET_ACCOUNT, "partner_id": own.id})
    return account.duplicate_bank_partner_ids - own


@surfaces.add(refused=UNLESS_ACCOUNTANT)
def contact_created_below(world, env):
    contact = env["res.partner"].create({"name": "Spy", "parent_id": world.customer.id})
    return contact.read(["email", "street", "vat", "parent_id"])


@surfaces.add(refused=UNLESS_ACCOUNTANT)
def own_contact_moved_below(world, env):
    own = world.own(env, "res.partner", is_company=False)
    own.write({"parent_id": world.customer.id})
    return own.read(["street", "vat", "parent_id"])


@surfaces.add(refused=UNLESS_ACCOUNTANT)
def form_with_hidden_parent(world, env):
    specification = {"parent_id": LABELS, "street": {}, "vat": {}, "phone": {}}
    values = {"name": "Spy", "parent_id": world.customer.id}
    return secrets_in(env["res.partner"].onchange(values, ["parent_id"], specification))


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=())
def own_user_moved_below(world, env):
    partner = env.user.partner_id.with_env(env)
    partner.write({"parent_id": world.customer.id})
    return partner.read(["parent_id"])


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=())
def contacts_merged(world, env):
    """Merging the hidden contact into one's own."""
    own = world.own(env, "res.partner", email=SECRET_MAIL)
    wizard = env["base.partner.merge.automatic.wizard"].create(
        {
            "partner_ids": [Command.set([own.id, world.customer.id])],
            "dst_partner_id": own.id,
        }
    )
    wizard.action_merge()
    return own.exists().read(["name", "phone", "vat"])


@surfaces.add(refused=COLLEAGUES + OUTSIDERS, allowed=("victim", "leader", "director"))
def portal_login_of_customer(world, env):
    return env["res.users"].search([("login", "=", world.customer_login.login)])


@surfaces.add(refused=COLLEAGUES + OUTSIDERS + ("accountant",))
def attendee_details(world, env):
    partner = env["res.partner"].browse(world.contact.id)
    return partner.get_attendee_detail(world.event.ids)


@surfaces.add(refused=ANYBODY, allowed=())
def share_given_to_oneself(world, env):
    """Nobody needs one: who may share sees it already."""
    return env["incom.customer.share"].create(
        {
            "partner_id": world.customer.id,
            "res_id": world.customer.id,
            "user_id": env.uid,
            "date_to": world.today,
            "reason": "I would like to see",
        }
    )


@surfaces.add(refused=COLLEAGUES + OUTSIDERS + ("accountant",))
def share_given_to_an_accomplice(world, env):
    return env["incom.customer.share"].create(
        {
            "partner_id": world.customer.id,
            "res_id": world.customer.id,
            "user_id": world.helper.id,
            "date_to": world.today,
            "reason": "He would like to see",
        }
    )


@surfaces.add(refused=ANYBODY, allowed=())
def superior_of_everybody(world, env):
    """Naming oneself the superior."""
    return env["res.users"].browse(world.sale_a1.id).write({"crm_manager_id": env.uid})


@surfaces.add(refused=ANYBODY, allowed=())
def rights_given_to_oneself(world, env):
    director = world.env.ref("incom_crm.group_director")
    return env.user.with_env(env).write({"group_ids": [Command.link(director.id)]})


@surfaces.add(refused=ANYBODY, allowed=())
def stand_in_made_by_oneself(world, env):
    return env["incom.visibility.grant"].create(
        {
            "user_id": env.uid,
            "target_id": world.sale_a1.id,
            "date_to": world.today,
            "reason": "I would like to see",
        }
    )


@surfaces.add(refused=UNLESS_ACCOUNTANT)
def same_vat(world, env):
    own = world.own(env, "res.partner", vat=SECRET_VAT, country_id=world.customer.country_id.id)
    return own.same_vat_partner_id or secrets_in(
        own.web_read({"same_vat_partner_id": LABELS, "same_company_registry_partner_id": LABELS})
        if own.same_vat_partner_id
        else None
    )
