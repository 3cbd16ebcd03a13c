"""Sales lines into Odoo, set-based: customers, products, confirmed orders with their lines.

The rows are written the way Odoo would have written them, without going through it: what is measured later
is the reading. Lines wait in the temporary table ``bench_line``.
"""

from odoo.fields import Command

from .bulk import bulk_load

SALESPEOPLE = 6
LOGIN = "benchmark-salesperson-{}"
FILLED = ("res_partner", "product_template", "product_product", "sale_order", "sale_order_line")

CREATE_LINES = """
CREATE TEMP TABLE bench_line (
    customer text NOT NULL,
    sold_at timestamp NOT NULL,
    product text NOT NULL,
    quantity numeric NOT NULL,
    unit_price numeric NOT NULL,
    country text
) ON COMMIT DROP
"""

INSERT_CUSTOMERS = """
CREATE TEMP TABLE bench_customer ON COMMIT DROP AS
SELECT nextval('res_partner_id_seq')::int AS id, sold.*,
       (%(owners)s::int[])[row_number() OVER (ORDER BY customer) %% cardinality(%(owners)s::int[]) + 1] AS user_id
  FROM (SELECT customer, min(country) AS country, min(sold_at) AS since
          FROM bench_line GROUP BY customer ORDER BY customer) AS sold;

INSERT INTO res_partner (id, commercial_partner_id, name, complete_name, ref, type, active, is_company,
                         partner_share, customer_rank, supplier_rank, user_id, country_id, lang,
                         autopost_bills, color, create_date, write_date)
SELECT c.id, c.id, 'Customer ' || c.customer, 'Customer ' || c.customer, c.customer, 'contact', TRUE, TRUE,
       TRUE, 1, 0, c.user_id, country.id, 'en_US', 'ask', 0, c.since, c.since
  FROM bench_customer c
  LEFT JOIN res_country country ON country.name ->> 'en_US' = c.country
"""

INSERT_PRODUCTS = """
CREATE TEMP TABLE bench_product ON COMMIT DROP AS
SELECT nextval('product_template_id_seq')::int AS template_id, nextval('product_product_id_seq')::int AS id,
       sold.*
  FROM (SELECT product, max(unit_price) AS price FROM bench_line GROUP BY product ORDER BY product) AS sold;

INSERT INTO product_template (id, name, type, uom_id, categ_id, list_price, sale_ok, purchase_ok, active,
                              service_tracking, invoice_policy, create_date, write_date)
SELECT template_id, jsonb_build_object('en_US', product), 'consu', %(uom)s, %(category)s, price, TRUE, FALSE,
       TRUE, 'no', 'order', now(), now()
  FROM bench_product;

INSERT INTO product_product (id, product_tmpl_id, active, combination_indices, create_date, write_date)
SELECT id, template_id, TRUE, '', now(), now() FROM bench_product
"""

# What one customer bought at one moment is an order; what was given back at that moment is another one,
# with negative quantities.
INSERT_ORDERS = """
CREATE TEMP TABLE bench_order ON COMMIT DROP AS
SELECT nextval('sale_order_id_seq')::int AS id, sold.*
  FROM (SELECT customer, sold_at, quantity < 0 AS is_return, sum(round(quantity * unit_price, 2)) AS amount
          FROM bench_line GROUP BY customer, sold_at, quantity < 0 ORDER BY sold_at, customer) AS sold;

INSERT INTO sale_order (id, name, state, company_id, currency_id, currency_rate, partner_id,
                        partner_invoice_id, partner_shipping_id, user_id, date_order, amount_untaxed,
                        amount_tax, amount_total, invoice_status, locked, create_date, write_date)
SELECT o.id, 'B' || lpad(o.id::text, 7, '0'), 'sale', %(company)s, %(currency)s, 1, c.id, c.id, c.id,
       c.user_id, o.sold_at, o.amount, 0, o.amount, 'invoiced', FALSE, o.sold_at, o.sold_at
  FROM bench_order o JOIN bench_customer c USING (customer);

INSERT INTO sale_order_line (order_id, company_id, currency_id, order_partner_id, salesman_id, sequence,
                             product_id, product_uom_id, name, state, product_uom_qty, qty_delivered,
                             qty_invoiced, qty_delivered_method, price_unit, discount, price_subtotal,
                             price_total, price_tax, invoice_status, is_downpayment, is_expense,
                             customer_lead, create_date, write_date)
SELECT o.id, %(company)s, %(currency)s, c.id, c.user_id, 10, p.id, %(uom)s, line.product, 'sale',
       line.quantity, line.quantity, line.quantity, 'manual', line.unit_price, 0,
       round(line.quantity * line.unit_price, 2), round(line.quantity * line.unit_price, 2), 0,
       'invoiced', FALSE, FALSE, 0, o.sold_at, o.sold_at
  FROM bench_line line
  JOIN bench_order o ON o.customer = line.customer AND o.sold_at = line.sold_at
                    AND o.is_return = (line.quantity < 0)
  JOIN bench_customer c ON c.customer = line.customer
  JOIN bench_product p ON p.product = line.product
 ORDER BY o.id
"""

# Local times become UTC; the last day sold becomes the company's today.
SHIFT = """
UPDATE bench_line
   SET sold_at = (sold_at + make_interval(days => %(today)s::date - last.day))
                 AT TIME ZONE %(tz)s AT TIME ZONE 'UTC'
  FROM (SELECT max(sold_at)::date AS day FROM bench_line) AS last
"""


def create_lines(cr):
    """Make the waiting table; its times are local until :func:`load` shifts them."""
    cr.execute(CREATE_LINES)


def load(env, company, today=None):
    """Shift the waiting lines so that their last day is ``today`` and write them into Odoo.

    References of the day that were worked out without these sales are forgotten.

    :param date today: the company's today by default
    :return: number of customers, orders and lines
    """
    cr = env.cr
    values = {
        "today": today or env["incom.customer.profile"]._today_by_company()[company.id],
        "tz": company.incom_tz or "UTC",
        "company": company.id,
        "currency": company.currency_id.id,
        "uom": env.ref("uom.product_uom_unit").id,
        "category": env["product.category"].search([], limit=1).id or None,
        "owners": salespeople(env, company).ids,
    }
    env.flush_all()
    with bulk_load(cr, FILLED):
        for statement in (SHIFT, INSERT_CUSTOMERS, INSERT_PRODUCTS, INSERT_ORDERS):
            cr.execute(statement, values)
    cr.execute("DELETE FROM incom_customer_reference WHERE company_id = %s", (company.id,))
    env.invalidate_all()
    cr.execute(
        "SELECT (SELECT count(*) FROM bench_customer), (SELECT count(*) FROM bench_order),"
        " (SELECT count(*) FROM bench_line)"
    )
    return cr.fetchone()


def salespeople(env, company, count=SALESPEOPLE):
    """The company's salespeople; ``count`` of them are created where there are none."""
    group = env.ref("sales_team.group_sale_salesman")
    found = env["res.users"].search(
        [
            ("all_group_ids", "in", group.id),
            ("company_ids", "in", company.id),
            ("id", "!=", env.uid),
        ]
    )
    found = found.filtered(lambda user: not user.has_group("base.group_system"))
    if found:
        return found
    return (
        env["res.users"]
        .with_context(no_reset_password=True, tracking_disable=True)
        .create(
            [
                {
                    "name": f"Salesperson {number}",
                    "login": LOGIN.format(number),
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                    "group_ids": [Command.set([env.ref("base.group_user").id, group.id])],
                }
                for number in range(1, count + 1)
            ]
        )
    )
