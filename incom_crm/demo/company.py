"""The demo company itself: currency, closures, taxes, teams and the people who log in."""

from datetime import date, time

from odoo import Command
from odoo.tools import SQL

from . import tables
from .stage import TIME_ZONE

NAME = "Công ty TNHH Bao bì Minh Long"
ADDRESS = {
    "street": "Lô A1, đường số 1, cụm công nghiệp số 2",
    "city": "Bình Chánh",
    "phone": "+84 302 000 001",
    "email": "lienhe@baobiminhlong.example",
    "website": "https://baobiminhlong.example",
}
# Records that say a company is at work already.
BUSINESS = ("account.move", "sale.order", "crm.lead")
CHART = "generic_coa"
MORNING, AFTERNOON = ("morning", 8, 12), ("afternoon", 13, 17)
SATURDAY = 5
GROUPS = {
    "director": ["incom_crm.group_director", "base.group_partner_manager"],
    "team_leader": ["sales_team.group_sale_salesman", "base.group_partner_manager"],
    "salesperson": ["sales_team.group_sale_salesman", "base.group_partner_manager"],
    "accountant": ["account.group_account_invoice", "account.group_account_readonly"],
}


def set_up_company(env):
    """The main company where it is fresh, else a new one; in Vietnam, in VND.

    :returns: the ``res.company``
    """
    currency, country = env.ref("base.VND"), env.ref("base.vn")
    currency.active = True
    values = {
        "name": NAME,
        "currency_id": currency.id,
        "country_id": country.id,
        "state_id": env.ref("base.state_vn_VN-SG").id,
        "incom_tz": TIME_ZONE,
        **ADDRESS,
    }
    company = env.ref("base.main_company")
    if _is_fresh(env, company):
        company.write(values)
        # Makes the loader replace the untouched chart, which was in another currency.
        company.chart_template = False
    else:
        _keep_apart(env, company)
        company = env["res.company"].create(values)
    env.user.company_ids += company
    # The public loader warns when called during an installation; what it needs is loaded.
    env["account.chart.template"]._load(CHART, company, install_demo=False)
    # The generic chart has made the company an American one.
    company.write({"currency_id": currency.id, "account_fiscal_country_id": country.id})
    return company


def _is_fresh(env, company):
    domain = [("company_id", "=", company.id)]
    return not any(env[model].search_count(domain, limit=1) for model in BUSINESS)


def _keep_apart(env, company):
    """Give Odoo's own sample leads and notes, which name no company, to the company they are of."""
    leads = env["crm.lead"].with_context(active_test=False).search([("company_id", "=", False)])
    names = leads.get_external_id()
    leads.filtered(lambda lead: names[lead.id].startswith("crm.")).company_id = company
    # Later they would be of the new company, to which the administrator moves.
    env["incom.interaction"]._record_messages(SQL("TRUE"))


def set_up_calendar(stage):
    """Working hours from Monday to Saturday noon, and the days on which nobody works."""
    hours = [(day, *MORNING) for day in range(SATURDAY + 1)]
    hours += [(day, *AFTERNOON) for day in range(SATURDAY)]
    calendar = stage.env["resource.calendar"].create({
        "name": "Giờ hành chính Minh Long",
        "company_id": stage.company.id,
        "tz": TIME_ZONE,
        "attendance_ids": [Command.clear()] + [
            Command.create({
                "name": name, "dayofweek": str(day), "day_period": name,
                "hour_from": opens, "hour_to": closes,
            })
            for day, name, opens, closes in hours
        ],
    })  # fmt: skip
    stage.company.resource_calendar_id = calendar
    stage.env["resource.calendar.leaves"].create([
        {
            "name": row["name"],
            "calendar_id": calendar.id,
            "date_from": stage.clock.utc(date.fromisoformat(row["from"]), time.min),
            "date_to": stage.clock.utc(date.fromisoformat(row["to"]), time.max),
        }
        for row in tables.rows("closures")
    ])  # fmt: skip


def set_up_taxes(stage):
    """Vietnamese rates on sales in place of the chart's American taxes.

    :returns: rate in percent → ``account.tax``
    """
    company, country = stage.company, stage.company.country_id
    own = [("company_id", "=", company.id)]
    american = stage.env["account.tax"].search(own)
    template = company.account_sale_tax_id
    group = stage.env["account.tax.group"].create({"name": "GTGT", "country_id": country.id})
    taxes = {}
    for rate in sorted({row["vat"] for row in tables.rows("products")}, key=int, reverse=True):
        label = f"GTGT {rate}%"
        taxes[rate] = template.copy({
            "name": label,
            "description": label,
            "invoice_label": label,
            "amount": int(rate),
            "country_id": country.id,
            "tax_group_id": group.id,
        })  # fmt: skip
    company.write({
        "account_sale_tax_id": next(iter(taxes.values())).id,
        "account_purchase_tax_id": False,
    })  # fmt: skip
    american.active = False
    stage.env["account.fiscal.position"].search(own).active = False
    return taxes


def set_up_people(stage):
    """Users with the logins of the demo company, and the sales teams they work in."""
    new = [row for row in tables.logins() if row["role"] in GROUPS]
    common = {
        "company_id": stage.company.id,
        "company_ids": [Command.set(stage.company.ids)],
        "tz": TIME_ZONE,
        **({"lang": stage.language} if stage.language else {}),
    }
    users = stage.env["res.users"].create([_user_values(stage.env, row) | common for row in new])
    stage.users = dict(zip([row["login"] for row in new], users, strict=True))
    admin = stage.env.ref("base.user_admin")
    admin.write({
        "company_ids": [Command.link(stage.company.id)],
        "company_id": stage.company.id,
        "tz": TIME_ZONE,
    })  # fmt: skip
    _set_up_teams(stage)
    _set_up_superiors(stage)


def _user_values(env, row):
    groups = [env.ref(xmlid).id for xmlid in ["base.group_user", *GROUPS[row["role"]]]]
    return {
        "name": row["name"],
        "login": row["login"],
        "password": row["password"],
        "email": f"{row['login']}@baobiminhlong.example",
        "group_ids": [Command.set(groups)],
    }


def _set_up_teams(stage):
    for name, rows in _by_team().items():
        leader = next(row for row in rows if row["role"] == "team_leader")
        stage.env["crm.team"].create({
            "name": name,
            "company_id": stage.company.id,
            "user_id": stage.users[leader["login"]].id,
            "member_ids": [Command.set([stage.users[row["login"]].id for row in rows])],
        })  # fmt: skip


def _set_up_superiors(stage):
    """Who reports to whom; from now on nobody sees his colleagues' customers."""
    director = stage.users["giamdoc"]
    for rows in _by_team().values():
        leader = next(stage.users[row["login"]] for row in rows if row["role"] == "team_leader")
        leader.crm_manager_id = director
        for row in rows:
            if row["role"] == "salesperson":
                stage.users[row["login"]].crm_manager_id = leader
    stage.env["incom.isolation"]._switch(True)


def _by_team():
    teams = {}
    for row in tables.logins():
        if "team" in row:
            teams.setdefault(row["team"], []).append(row)
    return teams
