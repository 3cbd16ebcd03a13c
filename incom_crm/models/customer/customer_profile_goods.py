from datetime import timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.tools import SQL

from ...engine import period
from ...engine.calendar import utc_start


class CustomerProfile(models.Model):
    """Whether the customer took goods: not everything that is ordered leaves the warehouse."""

    _inherit = "incom.customer.profile"

    goods_this_month = fields.Selection(
        [("taken", "Took goods"), ("not_taken", "Took no goods")],
        compute="_compute_goods_this_month",
        search="_search_goods_this_month",
        help="Whether goods went to the customer, less what came back, since the first of the month.",
    )

    def _expressions(self):
        return super()._expressions() | {"goods_this_month": self._goods_this_month_to_sql}

    @api.depends_context("uid")
    def _compute_goods_this_month(self):
        """Apart from the others: it looks at the month's deliveries."""
        self._assign_expressions(["goods_this_month"])

    def _search_goods_this_month(self, operator, value):
        return self._search_expression("goods_this_month", operator, value)

    def _goods_this_month_to_sql(self, alias, today):
        return period.goods_this_month(alias, self._goods_taken(), self._month_to_date())

    @api.model
    def _goods_taken(self):
        """What customers took: a SELECT of ``contact_id, company_id, at`` (UTC).

        Without a warehouse only the lines know what was delivered, and the day is the order's; an addon
        that knows the deliveries takes their place.
        """
        orders, lines = self.env["sale.order"]._fields, self.env["sale.order.line"]._fields

        def order(name):
            return SQL.identifier("o", name, to_flush=orders[name])

        return SQL(
            """SELECT %(contact)s AS contact_id, %(company)s AS company_id, %(date)s AS at
                 FROM sale_order o JOIN sale_order_line line ON line.order_id = o.id
                WHERE %(state)s = 'sale' AND %(delivered)s > 0""",
            contact=order("partner_id"),
            company=order("company_id"),
            date=order("date_order"),
            state=order("state"),
            delivered=SQL.identifier("line", "qty_delivered", to_flush=lines["qty_delivered"]),
        )

    @api.model
    def _returned_orders(self):
        """What customers gave back of their orders: a SELECT of ``order_id, returned`` for the engine.

        ``returned`` is untaxed, in the order's currency, up to the end of today of ``incom_t_company``; the
        customers are those of ``incom_t_contact``. Without a warehouse only credit notes tell.
        """
        return SQL("SELECT NULL::int AS order_id, NULL::numeric AS returned WHERE FALSE")

    @api.model
    def _month_to_date(self):
        """The month up to the end of today: rows of ``company_id, begins, ends``, in UTC."""
        return self._utc_spans(
            {
                company_id: (today.replace(day=1), today)
                for company_id, today in self._today_by_company().items()
            }
        )

    @api.model
    def _utc_spans(self, days):
        """Days of companies as rows of ``company_id, begins, ends``, in UTC; ``ends`` is the first moment after.

        :param days: ``{company id: (first local day, last local day)}``
        """
        zones = self.env["res.company"]._crm_time_zones()
        rows = []
        for company_id, (first, last) in days.items():
            zone = ZoneInfo(zones[company_id])
            begins, ends = utc_start(first, zone), utc_start(last + timedelta(days=1), zone)
            rows.append(SQL("(%s, %s::timestamp, %s::timestamp)", company_id, begins, ends))
        return SQL(", ").join(rows)
