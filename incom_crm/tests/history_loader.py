"""Writes the oracle's records into Odoo's own tables, set-based, and reads profile rows back.

Only what the engine may look at is filled; everything happens in the transaction of the test.
"""

from collections import defaultdict
from itertools import count

from psycopg2 import sql

from odoo import Command
from odoo.tools import SQL

from .history_settings import CURRENCIES, FOREIGN, HistorySettings

# A table after the ones its rows refer to.
TABLES = (
    *("res_partner", "res_partner_res_partner_category_rel", "crm_lead"),
    *("sale_order", "sale_order_line", "account_move", "account_move_line"),
    *("sale_order_line_invoice_rel", "mail_activity", "incom_interaction", "incom_customer_pin"),
)
DOCUMENTS = {
    "customer": "res.partner",
    "contact": "res.partner",
    "lead": "crm.lead",
    "order": "sale.order",
    "invoice": "account.move",
}


class HistoryLoader:
    """Loads customers; ``ids`` are their database ids, in the same order."""

    def __init__(self, env):
        self.env = env
        self.settings = HistorySettings(env)
        self.companies = {key: company.id for key, company in self.settings.companies.items()}
        self.currencies = {name: one.id for name, one in self.settings.currencies.items()}
        self.users = {login: user.id for login, user in self.settings.users.items()}
        self.author = env.uid
        self.accounts, self.journals = self._accounting()
        self.rows = defaultdict(list)
        self.counters = {}
        self.pins = {}
        self.ids = []

    def _accounting(self):
        """A receivable account, one that is none, and a journal in each company."""
        accounts, journals = {}, {}
        for key, company in self.settings.companies.items():
            for kind in ("asset_receivable", "income"):
                account = self.env["account.account"].create(
                    {
                        "name": kind,
                        "code": f"9{len(accounts):05}",
                        "account_type": kind,
                        "reconcile": kind == "asset_receivable",
                        "company_ids": [Command.set(company.ids)],
                    }
                )
                accounts[key, kind] = account.id
            journals[key] = (
                self.env["account.journal"]
                .create(
                    {"name": "Sales", "code": "HIST", "type": "general", "company_id": company.id}
                )
                .id
            )
        return accounts, journals

    def load(self, customers):
        """Insert the customers and all that belongs to them, one statement per table."""
        self.env.flush_all()
        self.ids = [self._customer(customer) for customer in customers]
        for table in TABLES:
            self._insert(table, self.rows[table])
        self.env.invalidate_all()

    def _insert(self, table, rows):
        insert = sql.SQL("INSERT INTO {} ({}) VALUES %s").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, rows[0]))
        )
        self.env.cr.execute_values(insert, [tuple(row.values()) for row in rows], page_size=2000)
        if table in self.counters:
            self.env.cr.execute(
                SQL("SELECT setval(%s, %s)", f"{table}_id_seq", next(self.counters[table]))
            )
        self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))

    def _add(self, table, **values):
        """Note a row, with the same columns for every row of a table; gives its id."""
        if table not in self.counters:
            newest = SQL("SELECT COALESCE(max(id), 0) FROM %s", SQL.identifier(table))
            self.counters[table] = count(self.env.execute_query(newest)[0][0] + 1)
        number = next(self.counters[table])
        self.rows[table].append({"id": number, **values})
        return number

    # -- the customer and its contacts -------------------------------------------------------------

    def _customer(self, customer):
        settings = self.settings
        state = customer.region and settings.states[customer.region].id
        # an entity is its own commercial partner; its id is the next one
        number = self._partner(
            "Customer",
            customer,
            is_company=True,
            partner_share=not customer.internal,
            user_id=self.users.get(customer.owner),
            company_id=self.companies.get(customer.company),
            customer_rank=customer.rank,
            industry_id=customer.industry and settings.industries[customer.industry].id,
            company_size_id=customer.size and settings.sizes[customer.size].id,
            state_id=state,
            create_date=customer.created,
        )
        self.rows["res_partner"][-1]["commercial_partner_id"] = number
        people = [number]
        for contact in customer.contacts:
            people.append(self._partner("Contact", contact, parent=number))
        for tag in customer.tags:
            self.rows["res_partner_res_partner_category_rel"].append(
                {"partner_id": number, "category_id": settings.tags[tag].id}
            )
        self._records(customer, number, people[1:])
        return number

    def _partner(self, name, person, parent=None, **values):
        columns = dict.fromkeys(
            (
                *("is_company", "partner_share", "user_id", "company_id", "customer_rank"),
                *("industry_id", "company_size_id", "state_id", "create_date"),
            )
        )
        columns |= {"is_company": False, "partner_share": True, "customer_rank": 0} | values
        return self._add(
            "res_partner",
            name=name,
            active=person.active,
            parent_id=parent,
            commercial_partner_id=parent,
            birthdate=person.birthdate,
            autopost_bills="ask",
            type="contact",
            **columns,
        )

    def _records(self, customer, number, contacts):
        leads = [self._lead(lead, number, contacts) for lead in customer.leads]
        orders, moves = [], []
        for order in customer.orders:
            orders.append(self._order(order, number, contacts, leads))
            moves += self._invoices(order, orders[-1], number)
        moves += [self._receivable(one, number) for one in customer.receivables]
        places = {
            "customer": [number],
            "contact": contacts,
            "lead": leads,
            "order": orders,
            "invoice": moves,
        }
        for activity in customer.activities:
            on = activity.on if places[activity.on] else "customer"
            self._add(
                "mail_activity",
                res_model=DOCUMENTS[on],
                res_id=places[on][0],
                date_deadline=activity.deadline,
                active=activity.active,
                user_id=self.author,
            )
        for interaction in customer.interactions:
            self._interaction(interaction, number)
        for pin in customer.pins:
            self._pin(pin, number)

    # -- documents -------------------------------------------------------------------------------

    def _lead(self, lead, number, contacts):
        return self._add(
            "crm_lead",
            name="Lead",
            partner_id=number if lead.contact is None else contacts[lead.contact],
            company_id=self.companies.get(lead.company),
            type=lead.type,
            active=lead.active,
            won_status=lead.won_status,
            expected_revenue=lead.expected,
            probability=lead.probability,
            prorated_revenue=lead.expected * lead.probability / 100,
            create_date=lead.created,
        )

    def _order(self, order, number, contacts, leads):
        partner = number if order.contact is None else contacts[order.contact]
        currency = CURRENCIES[order.company] if order.rate == 1 else FOREIGN
        return self._add(
            "sale_order",
            name="Order",
            partner_id=partner,
            partner_invoice_id=partner,
            partner_shipping_id=partner,
            company_id=self.companies[order.company],
            currency_id=self.currencies[currency],
            currency_rate=order.rate,
            state=order.state,
            date_order=order.at,
            create_date=order.created,
            amount_untaxed=order.untaxed,
            amount_tax=order.total - order.untaxed,
            amount_total=order.total,
            validity_date=order.validity,
            opportunity_id=None if order.opportunity is None else leads[order.opportunity],
            incom_renewal_date=order.renewal,
        )

    def _invoices(self, order, order_id, number):
        """The two lines of an order, and the invoices linked to them."""
        if not (order.invoices or order.category):
            return []
        lines = [
            self._add(
                "sale_order_line",
                order_id=order_id,
                company_id=self.companies[order.company],
                name="Line",
                product_uom_qty=1,
                price_unit=order.untaxed / 2,
                price_subtotal=order.untaxed / 2,
                customer_lead=0,
                product_id=product,
            )
            for product in (self.settings.product_ids[order.category], None)
        ]
        return [self._invoice(bill, order, number, lines) for bill in order.invoices]

    def _invoice(self, bill, order, number, lines):
        currency = self.rows["sale_order"][-1]["currency_id"]
        move_type = "out_refund" if bill.refund else "out_invoice"
        move = self._move(order.company, number, move_type, bill.state, bill.day, currency)
        parts = [lines] if bill.shared else [[line] for line in lines]
        amount = bill.amount / len(parts)
        signed = amount if bill.refund else -amount
        for part in parts:
            line = self._move_line(
                move,
                order.company,
                number,
                "income",
                bill.state,
                display_type="product",
                currency_id=currency,
                price_subtotal=amount,
                price_total=amount,
                amount_currency=signed,
                balance=signed / order.rate,
                date=bill.day,
            )
            self.rows["sale_order_line_invoice_rel"] += [
                {"invoice_line_id": line, "order_line_id": order_line} for order_line in part
            ]
        return move

    def _receivable(self, one, number):
        state = "posted" if one.posted else "draft"
        currency = self.currencies[CURRENCIES[one.company]]
        move = self._move(one.company, number, "out_invoice", state, one.day, currency)
        self._move_line(
            move,
            one.company,
            number,
            "asset_receivable",
            state,
            display_type="payment_term",
            currency_id=currency,
            balance=one.residual,
            amount_currency=one.residual,
            amount_residual=one.residual,
            amount_residual_currency=one.residual,
            reconciled=not one.residual,
            date=one.day,
            date_maturity=one.maturity,
        )
        return move

    def _move(self, company, number, move_type, state, day, currency):
        return self._add(
            "account_move",
            name=f"Move {len(self.rows['account_move'])}",
            move_type=move_type,
            state=state,
            date=day,
            invoice_date=day,
            auto_post="no",
            company_id=self.companies[company],
            journal_id=self.journals[company],
            currency_id=currency,
            partner_id=number,
            commercial_partner_id=number,
        )

    def _move_line(self, move, company, number, account, state, **values):
        columns = dict.fromkeys(
            (
                *("display_type", "currency_id", "price_subtotal", "price_total", "date"),
                *("amount_currency", "balance", "amount_residual", "amount_residual_currency"),
                *("reconciled", "date_maturity"),
            )
        )
        return self._add(
            "account_move_line",
            move_id=move,
            company_id=self.companies[company],
            journal_id=self.journals[company],
            account_id=self.accounts[company, account],
            partner_id=number,
            parent_state=state,
            **columns | values,
        )

    # -- care --------------------------------------------------------------------------------------

    def _interaction(self, interaction, number):
        self._add(
            "incom_interaction",
            partner_id=number,
            user_id=self.users.get(interaction.user),
            company_id=self.companies[interaction.company],
            date=interaction.at,
            recorded_on=interaction.recorded,
            late=interaction.late,
            channel="phone",
            direction=interaction.direction,
            grade=interaction.grade,
            source_state=interaction.source_state,
        )

    def _pin(self, pin, number):
        levels = self.settings.levels
        pin_id = self._add(
            "incom_customer_pin",
            partner_id=number,
            company_id=self.companies[pin.company],
            kind=pin.kind,
            date=pin.day,
            until=pin.until,
            level_id=pin.level and levels[pin.level].id,
            cycle_days=pin.cycle,
            active=pin.active,
            reason="Said so",
            user_id=self.author,
        )
        self.pins[pin_id] = pin

    # -- profile rows -----------------------------------------------------------------------------

    def decode(self, row):
        """A row of the profile table in the oracle's words."""
        row = dict(row)
        for column, (name, keys) in self._keys.items():
            row[name] = keys[row.pop(column)]
        return row

    @property
    def _keys(self):
        """``{column: (name, {database id: key})}``, where keys are the oracle's."""
        if not hasattr(self, "_known_keys"):
            settings = self.settings
            buckets = self.env["incom.purchase.cycle"].search([])
            levels = by_id({level.code: level for level in settings.levels.values()})
            self._known_keys = {
                "company_id": ("company", by_id(settings.companies)),
                "user_id": ("owner", by_id(settings.users)),
                "industry_id": ("industry", by_id(settings.industries)),
                "region_id": ("region", by_id(settings.regions)),
                "company_size_id": ("size", by_id(settings.sizes)),
                "currency_id": ("currency", by_id(settings.currencies)),
                "approach_level_id": ("approach_level", levels),
                "approach_level_computed_id": ("approach_level_computed", levels),
                "purchase_cycle_id": (
                    "purchase_cycle",
                    by_id({bucket.days: bucket for bucket in buckets}),
                ),
                "level_pin_id": ("level_pin", self.pins | {None: None}),
                "trigger_id": ("trigger", by_id(dict(enumerate(settings.triggers)))),
                "cycle_pin_id": ("cycle_pin", self.pins | {None: None}),
            }
        return self._known_keys


def by_id(records):
    return {record.id: key for key, record in records.items()} | {None: None}
