"""The company of a measurement, made set-based by ``population.sql``."""

import re
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from .. import sales
from ..bulk import bulk_load, vacuum

SCRIPT = Path(__file__).with_name("population.sql")
TIME_ZONE = "Asia/Ho_Chi_Minh"
SALESPEOPLE = 300
# The first salesperson has as many customers at every size, to compare what one of them waits for.
RESERVED = 300

FILLED = (
    "res_partner sale_order sale_order_line account_move account_move_line sale_order_line_invoice_rel crm_lead"
    " mail_message calendar_event calendar_event_res_partner_rel incom_interaction mail_activity"
    " incom_customer_pin"
).split()
NUMBERED = {
    "first_partner": "res_partner",
    "first_order": "sale_order",
    "first_line": "sale_order_line",
    "first_move": "account_move",
    "first_entry": "account_move_line",
    "first_lead": "crm_lead",
    "first_message": "mail_message",
    "first_meeting": "calendar_event",
}


def generate(env, n, seed, today):
    """Fill the database with ``n`` customers as of ``today``, ready to be measured.

    :param float seed: between -1 and 1, PostgreSQL's way
    """
    start = time.monotonic()
    for section in fill(env, n, seed, today):
        print(f"  {section} {time.monotonic() - start:.1f} s", end="", flush=True)
    vacuum(env.cr, FILLED)
    print(f"  ready {time.monotonic() - start:.1f} s", flush=True)


def fill(env, n, seed, today):
    """Run the script; yields the name of each section when it is done."""
    env.company.incom_tz = TIME_ZONE
    values = parameters(env, n, today)
    env.flush_all()
    cr = env.cr
    # the same draws for the same seed
    cr.execute("SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off")
    cr.execute("SELECT setseed(%s)", (seed,))
    with bulk_load(cr, FILLED):
        for name, statements in sections():
            cr.execute(statements, values)
            yield name
    for table in NUMBERED.values():
        cr.execute(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")
    env.invalidate_all()


def today():
    """Today where the company is."""
    return datetime.now(ZoneInfo(TIME_ZONE)).date()


def sections():
    """``(name, statements)`` of the script."""
    parts = re.split(r"^-- == (\w+)$", SCRIPT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def parameters(env, n, today):
    company = env.company

    def ids(model, domain=(), limit=None):
        return env[model].search(list(domain), limit=limit, order="id").ids

    product = env["product.product"].create({"name": "Goods", "type": "consu"})
    values = {
        "n": n,
        "today": today,
        "reserved": RESERVED,
        "owners": sales.salespeople(env, company, SALESPEOPLE).ids,
        "industries": ids("res.partner.industry"),
        "states": ids("res.country.state", [("country_id.code", "=", "VN")]),
        "sizes": ids("incom.company.size"),
        "company": company.id,
        "currency": company.currency_id.id,
        "product": product.id,
        "uom": product.uom_id.id,
        "journal": ids("account.journal", [("type", "=", "sale")], 1)[0],
        "income": ids("account.account", [("account_type", "=", "income")], 1)[0],
        "receivable": ids("account.account", [("account_type", "=", "asset_receivable")], 1)[0],
        "stage": ids("crm.stage", limit=1)[0],
        "subtype": env.ref("mail.mt_note").id,
        "partner_model": env["ir.model"]._get_id("res.partner"),
        "activity_type": env.ref("mail.mail_activity_data_todo").id,
    }
    for key, table in NUMBERED.items():
        env.cr.execute(f"SELECT last_value FROM {table}_id_seq")
        values[key] = env.cr.fetchone()[0]
    return values
