"""Ways through the web server: pages, files, prints and the two interfaces for programs."""

import base64
import json
from datetime import timedelta
from xmlrpc.client import Fault

from odoo.exceptions import AccessError
from odoo.http import Request
from odoo.tests.common import JsonRpcException

from .matrix import Surfaces
from .world import COLLEAGUES, OUTSIDERS, SECRET_MAIL, SEEING, secrets_in

surfaces = Surfaces()
UNLESS_ACCOUNTANT = COLLEAGUES + OUTSIDERS
WITH_ACCOUNTANT = (*SEEING, "accountant")
INTERNAL = (*COLLEAGUES, "office")


def page(world, url):
    """What a page shows; a refusal must name nothing either."""
    response = world.url_open(url, allow_redirects=False)
    return response.status_code == 200 or secrets_in((response.text, response.headers))


def call(world, route, **params):
    """Answer of a route; an error as what core makes of it on the other side."""
    try:
        return world.make_jsonrpc_request(route, params)
    except JsonRpcException as refusal:
        raise AccessError(str(refusal)) from None


# -- pages, prints, files -------------------------------------------------------------------------


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=WITH_ACCOUNTANT)
def page_of_order(world, env):
    return page(world, f"/my/orders/{world.order.id}")


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=WITH_ACCOUNTANT)
def page_of_invoice(world, env):
    return page(world, f"/my/invoices/{world.invoice.id}")


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=WITH_ACCOUNTANT)
def print_of_order(world, env):
    return page(world, f"/report/html/sale.report_saleorder/{world.order.id}")


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=WITH_ACCOUNTANT)
def print_of_invoice(world, env):
    return page(world, f"/report/html/account.report_invoice/{world.invoice.id}")


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=WITH_ACCOUNTANT)
def picture_of_customer(world, env):
    response = world.url_open(f"/web/image/res.partner/{world.customer.id}/avatar_128")
    picture = base64.b64decode(world.customer.avatar_128)
    return response.content == picture or secrets_in(response.headers)


@surfaces.add()
def file_of_lead(world, env):
    on_lead = world.files.filtered(lambda file: file.res_model == "crm.lead")
    return page(world, f"/web/content/{on_lead.id}?download=1")


@surfaces.add(refused=UNLESS_ACCOUNTANT)
def file_of_customer(world, env):
    return page(world, f"/web/content/{world.files[0].id}")


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=WITH_ACCOUNTANT)
def vcard_of_customer(world, env):
    return page(world, f"/web/partner/vcard?partner_ids={world.customer.id}")


@surfaces.add(refused=UNLESS_ACCOUNTANT, allowed=WITH_ACCOUNTANT)
def exported_as_file(world, env):
    asked = {
        "model": "res.partner",
        "fields": [{"name": "name", "label": "Name"}],
        "ids": world.customer.ids,
        "domain": [],
        "import_compat": False,
        "groupby": [],
    }
    form = {"data": json.dumps(asked), "csrf_token": Request.csrf_token(world)}
    return secrets_in(world.url_open("/web/export/csv", data=form).text)


# -- chatter --------------------------------------------------------------------------------------


@surfaces.add()
def thread_of_lead(world, env):
    answer = call(world, "/mail/thread/messages", thread_model="crm.lead", thread_id=world.lead.id)
    return _messages_on(world, "crm.lead", answer)


@surfaces.add()
def thread_of_customer(world, env):
    """Accountants too read there only what they wrote or was sent to them."""
    answer = call(
        world, "/mail/thread/messages", thread_model="res.partner", thread_id=world.customer.id
    )
    return _messages_on(world, "res.partner", answer)


@surfaces.add()
def chatter_of_lead(world, env):
    wanted = ["activities", "attachments", "followers", "suggestedRecipients"]
    asked = {"thread_model": "crm.lead", "thread_id": world.lead.id, "request_list": wanted}
    return secrets_in(call(world, "/mail/data", fetch_params=[["mail.thread", asked]]))


@surfaces.add(refused=UNLESS_ACCOUNTANT)
def chatter_of_customer(world, env):
    wanted = ["activities", "attachments", "followers", "suggestedRecipients"]
    asked = {"thread_model": "res.partner", "thread_id": world.customer.id, "request_list": wanted}
    return secrets_in(call(world, "/mail/data", fetch_params=[["mail.thread", asked]]))


@surfaces.add()
def recipients_of_lead(world, env):
    return call(world, "/mail/thread/recipients", thread_model="crm.lead", thread_id=world.lead.id)


@surfaces.add(refused=COLLEAGUES, allowed=("victim", "leader"))
def contact_by_mail(world, env):
    """Who writes to an address by hand is not told whose it is."""
    own = world.own(env, "crm.lead")
    answer = call(
        world,
        "/mail/partner/from_email",
        thread_model="crm.lead",
        thread_id=own.id,
        emails=[SECRET_MAIL],
    )
    return [found for found in answer if found["id"] == world.customer.id]


@surfaces.add(refused=COLLEAGUES, allowed=("victim", "leader"))
def contact_suggested_by_mail(world, env):
    own = world.own(env, "crm.lead", email_from=SECRET_MAIL)
    answer = call(
        world,
        "/mail/thread/recipients/get_suggested_recipients",
        thread_model="crm.lead",
        thread_id=own.id,
    )
    return [found for found in answer if found.get("partner_id") == world.customer.id]


# -- interfaces for programs ----------------------------------------------------------------------


@surfaces.add(refused=UNLESS_ACCOUNTANT + ("accountant",))
def lead_by_call(world, env):
    """As the web client calls, with ``?debug=1``."""
    return call(
        world,
        "/web/dataset/call_kw/crm.lead/read",
        model="crm.lead",
        method="read",
        args=[world.lead.ids, ["name"]],
        kwargs={},
    )


@surfaces.add(refused=INTERNAL + ("accountant",))
def lead_by_json2(world, env):
    return _json2(world, env, "crm.lead", "read", ids=world.lead.ids, fields=["name"])


@surfaces.add(refused=INTERNAL)
def customer_taken_by_json2(world, env):
    values = {"user_id": env.uid}
    return _json2(world, env, "res.partner", "write", ids=world.customer.ids, vals=values)


@surfaces.add(refused=INTERNAL)
def diary_by_json2(world, env):
    return _json2(
        world,
        env,
        "res.partner",
        "incom_log_interaction",
        ids=world.customer.ids,
        body="Spying on them",
    )


@surfaces.add(refused=INTERNAL)
def order_by_xmlrpc(world, env):
    try:
        return world.xmlrpc_object.execute_kw(
            env.cr.dbname, env.uid, _key(env), "sale.order", "read", [world.order.ids, ["name"]]
        )
    except Fault as refusal:
        raise AccessError(refusal.faultString) from None


def _messages_on(world, model, answer):
    """Of a document that is refused core gives the newest messages of others instead."""
    hidden = world.messages.filtered(lambda message: message.model == model)
    return set(answer["messages"]) & set(hidden.ids)


def _json2(world, env, model, method, **params):
    response = world.url_open(
        f"/json/2/{model}/{method}",
        json=params,
        headers={"Authorization": f"Bearer {_key(env)}"},
    )
    if response.status_code != 200:
        raise AccessError(response.text)
    return response.json()


def _key(env):
    """A key for programs of whoever attacks."""
    return env["res.users.apikeys"]._generate("rpc", "Program", env.cr.now() + timedelta(days=1))
