"""Ways to orders, invoices and payments, and through one's own to somebody's customer."""

from odoo import Command

from .matrix import Surfaces
from .world import ANYBODY, COLLEAGUES, OUTSIDERS, SECRET, SEEING, secrets_in

surfaces = Surfaces()
SALES = ("victim", "leader")
UNLESS_ACCOUNTANT = COLLEAGUES + OUTSIDERS
WITH_ACCOUNTANT = (*SEEING, "accountant")
LABEL = {"fields": {"display_name": {}}}


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=WITH_ACCOUNTANT)
def order_by_customers_name(world, env):
    return env["sale.order"].search_count([("partner_id.name", "ilike", SECRET)])


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=WITH_ACCOUNTANT)
def order_line_by_text(world, env):
    return env["sale.order.line"].search_read([("name", "ilike", SECRET)], ["price_unit"])


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=SALES)
def order_created_for_customer(world, env):
    order = env["sale.order"].create({"partner_id": world.customer.id, "user_id": env.uid})
    return order.read(["partner_id", "partner_shipping_id"])


@surfaces.add(refused=COLLEAGUES, allowed=SALES)
def own_order_given_address(world, env):
    order = world.own(env, "sale.order")
    order.write({"partner_shipping_id": world.address.id})
    return order.read(["partner_shipping_id"])


@surfaces.add(refused=COLLEAGUES, allowed=SALES)
def order_form_with_customer(world, env):
    specification = {
        "partner_id": LABEL,
        "partner_invoice_id": LABEL,
        "partner_shipping_id": LABEL,
        "partner_credit_warning": {},
    }
    values = {"partner_id": world.customer.id}
    return secrets_in(env["sale.order"].onchange(values, ["partner_id"], specification))


@surfaces.add(refused=COLLEAGUES, allowed=SALES)
def own_order_given_lead(world, env):
    order = world.own(env, "sale.order")
    order.write({"opportunity_id": world.lead.id})
    return order.read(["opportunity_id"])


@surfaces.add(refused=COLLEAGUES, allowed=SALES)
def line_added_to_order(world, env):
    line = {"order_id": world.quotation.id, "product_id": world.product.id}
    return env["sale.order.line"].create(line)


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=SALES)
def order_copied(world, env):
    return env["sale.order"].browse(world.order.id).copy()


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=SALES)
def quotation_confirmed(world, env):
    return env["sale.order"].browse(world.quotation.id).action_confirm()


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=SALES)
def quotation_sent(world, env):
    return env["sale.order"].browse(world.quotation.id).action_quotation_send()


@surfaces.add(refused=ANYBODY)
def totals_by_customer(world, env):
    return secrets_in(
        env["sale.report"].formatted_read_group([], ["partner_id"], ["price_subtotal:sum"])
    )


@surfaces.add(refused=ANYBODY)
def total_of_everybody(world, env):
    """One figure without a name: what was sold by others is not in it."""
    rows = env["sale.report"].formatted_read_group([], [], ["price_subtotal:sum"])
    return rows[0]["price_subtotal:sum"]


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=SALES)
def payment_link_of_order(world, env):
    wizard = env["payment.link.wizard"].create(
        {"res_model": "sale.order", "res_id": world.quotation.id, "amount": 1}
    )
    return wizard.link


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=SALES)
def payment_link_offered(world, env):
    """The values the form of a payment link begins with."""
    wizard = env["payment.link.wizard"].with_context(
        active_model="sale.order", active_id=world.quotation.id
    )
    return wizard.default_get(["amount", "partner_id", "currency_id"])


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=WITH_ACCOUNTANT)
def payment_link_of_invoice(world, env):
    wizard = env["payment.link.wizard"].create(
        {"res_model": "account.move", "res_id": world.invoice.id, "amount": 1}
    )
    return wizard.link


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=SALES)
def order_shared_by_link(world, env):
    wizard = env["portal.share"].create(
        {
            "res_model": "sale.order",
            "res_id": world.order.id,
            "partner_ids": [Command.set(env.user.partner_id.ids)],
        }
    )
    return wizard.share_link


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=SALES)
def portal_url_of_order(world, env):
    return env["sale.order"].browse(world.order.id).get_portal_url()


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=SALES)
def order_invoiced(world, env):
    wizard = env["sale.advance.payment.inv"].create(
        {
            "sale_order_ids": [Command.set(world.quotation.ids)],
            "advance_payment_method": "percentage",
            "amount": 10,
        }
    )
    return wizard.amount_invoiced + 1


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=SEEING)
def order_counted_on_customer(world, env):
    return env["res.partner"].browse(world.customer.id).sale_order_count


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=WITH_ACCOUNTANT)
def invoice_by_customers_name(world, env):
    return env["account.move"].search_count([("partner_id.name", "ilike", SECRET)])


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=("accountant",))
def journal_entry_of_payment(world, env):
    """What is no invoice of a customer names him as well."""
    entry = world.hidden["account.payment"].move_id
    return env["account.move"].search_read([("id", "=", entry.id)], ["partner_id"]) + env[
        "account.move.line"
    ].search_read([("move_id", "=", entry.id)], ["partner_id"])


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=("accountant",))
def invoice_created_for_customer(world, env):
    move = env["account.move"].create(
        {"move_type": "out_invoice", "partner_id": world.customer.id, "invoice_user_id": env.uid}
    )
    return move.read(["partner_id"])


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=("accountant",))
def invoice_sent(world, env):
    wizard = env["account.move.send.wizard"].with_context(
        active_model="account.move", active_ids=world.invoice.ids
    )
    return wizard.create({"move_id": world.invoice.id}).mail_partner_ids


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=("accountant",))
def invoice_reversed(world, env):
    wizard = env["account.move.reversal"].with_context(
        active_model="account.move", active_ids=world.invoice.ids
    )
    return wizard.create({"journal_id": world.invoice.journal_id.id}).move_ids


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=("accountant",))
def invoice_paid(world, env):
    register = env["account.payment.register"].with_context(
        active_model="account.move", active_ids=world.invoice.ids
    )
    return register.create({}).partner_id


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=("accountant",))
def owed_by_customer(world, env):
    return env["res.partner"].browse(world.customer.id).read(["credit", "total_invoiced"])


@surfaces.add(refused=COLLEAGUES, allowed=())
def own_order_given_away(world, env):
    return world.own(env, "sale.order").write({"user_id": world.helper.id})


@surfaces.add(refused=COLLEAGUES + OUTSIDERS, allowed=("leader",))
def order_of_customer_without_salesperson(world, env):
    """Who owns the customer answers for it, and those above; not every superior."""
    order = world.env["sale.order"].create({"partner_id": world.customer.id, "user_id": False})
    order.user_id = False
    world.env.flush_all()
    return env["sale.order"].search([("id", "=", order.id)])
