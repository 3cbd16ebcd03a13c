"""What depends on other customers: class cuts and the cycle of an industry, once per company and day."""

from odoo.tools import SQL


def class_cuts(rows: SQL, params) -> SQL:
    """Revenue from which a customer is of class A and of class B, per company.

    Of the customers with revenue, sorted by it, A reaches down to rank round(0.2 n), B to round(0.5 n).

    :param rows: relation with ``company_id, revenue``
    :return: SELECT of ``company_id, data`` with data ``{"a": cut, "b": cut}``
    """
    return SQL(
        """SELECT company_id,
                  jsonb_build_object('a', min(revenue) FILTER (WHERE rank <= round(%(a)s::numeric * total)),
                                     'b', min(revenue) FILTER (WHERE rank <= round(%(b)s::numeric * total)))
                      AS data
             FROM (SELECT company_id, revenue,
                          row_number() OVER (PARTITION BY company_id ORDER BY revenue DESC) AS rank,
                          count(*) OVER (PARTITION BY company_id) AS total
                     FROM (%(rows)s) AS row_of WHERE revenue > 0) AS ranked
            GROUP BY company_id""",
        rows=rows,
        a=params["class_a_share"],
        b=params["class_b_share"],
    )


def industry_cycles(rows: SQL, params) -> SQL:
    """Median cycle of the customers with a confirmed one, per company and industry with enough of them.

    :param rows: relation with ``company_id, industry_id, confirmed, cycle``
    :return: SELECT of ``company_id, data`` with data ``{industry id: days}``
    """
    return SQL(
        """SELECT company_id, jsonb_object_agg(industry_id::text, days) AS data
             FROM (SELECT company_id, industry_id,
                          (percentile_cont(0.5) WITHIN GROUP (ORDER BY cycle))::numeric AS days
                     FROM (%(rows)s) AS row_of
                    WHERE confirmed AND industry_id IS NOT NULL
                    GROUP BY company_id, industry_id
                   HAVING count(*) >= %(enough)s) AS industry
            GROUP BY company_id""",
        rows=rows,
        enough=params["estimated_customers"],
    )


def class_of(revenue: SQL, cuts: SQL) -> SQL:
    """The class of a customer with this yearly revenue: a, b, c, or an empty text."""
    return SQL(
        """(CASE WHEN %(revenue)s <= 0 OR %(cuts)s IS NULL THEN ''
                 WHEN %(revenue)s >= (%(cuts)s ->> 'a')::numeric THEN 'a'
                 WHEN %(revenue)s >= (%(cuts)s ->> 'b')::numeric THEN 'b'
                 ELSE 'c' END)""",
        revenue=revenue,
        cuts=cuts,
    )


def estimate_of(cycles: SQL, industry: SQL) -> SQL:
    """The cycle of an industry in days, null where too few customers have one."""
    return SQL("(%s ->> %s::text)::numeric", cycles, industry)


def newest(kind: str, company: SQL, today: SQL) -> SQL:
    """The data of the newest reference of a company not after a day."""
    return SQL(
        """(SELECT ref.data FROM incom_customer_reference ref
             WHERE ref.company_id = %s AND ref.kind = %s AND ref.date <= %s
             ORDER BY ref.date DESC LIMIT 1)""",
        company,
        kind,
        today,
    )


def moved() -> SQL:
    """Customers whose class or estimated cycle changes under the newest references."""
    return SQL(
        """SELECT DISTINCT profile.partner_id
             FROM incom_customer_profile profile
             JOIN (SELECT company.id, %(cuts)s AS cuts, %(cycles)s AS cycles FROM res_company company)
                  AS newest ON newest.id = profile.company_id
            WHERE coalesce(profile.customer_class, '') <> %(class_of)s
               OR (profile.purchase_cycle_evidence IN ('none', 'estimated')
                   AND profile.purchase_cycle_days IS DISTINCT FROM %(estimate)s::float8)""",
        cuts=newest("class_cuts", SQL("company.id"), SQL("'infinity'::date")),
        cycles=newest("industry_cycle", SQL("company.id"), SQL("'infinity'::date")),
        class_of=class_of(SQL("profile.revenue_12m"), SQL("newest.cuts")),
        estimate=estimate_of(SQL("newest.cycles"), SQL("profile.industry_id")),
    )


def rows_from_sources(params) -> SQL:
    """What references are made of, from the relations of a refresh of everybody."""
    return SQL(
        """SELECT pair.company_id, customer.industry_id, round(history.revenue, co.decimals) AS revenue,
                  history.gap_count >= %s AND pin.cycle_pin_id IS NULL AS confirmed, history.cycle
             FROM incom_t_row pair
             JOIN incom_t_company co ON co.company_id = pair.company_id
             JOIN incom_t_customer customer ON customer.customer_id = pair.customer_id
             JOIN incom_t_history history
               ON history.customer_id = pair.customer_id AND history.company_id = pair.company_id
             LEFT JOIN incom_t_pin pin
                    ON pin.customer_id = pair.customer_id AND pin.company_id = pair.company_id""",
        params["confirmed_gaps"],
    )


ROWS_FROM_PROFILE = SQL(
    """SELECT company_id, industry_id, revenue_12m AS revenue,
              purchase_cycle_evidence = 'confirmed' AS confirmed, purchase_cycle_computed_days AS cycle
         FROM incom_customer_profile"""
)


def missing(kind: str) -> SQL:
    """A row if some company has no reference of this kind for its today."""
    return SQL(
        """SELECT 1 FROM incom_t_company co
            WHERE NOT EXISTS (SELECT FROM incom_customer_reference ref
                               WHERE ref.company_id = co.company_id AND ref.date = co.today
                                 AND ref.kind = %s)
            LIMIT 1""",
        kind,
    )


def store(kind: str, data: SQL) -> SQL:
    """INSERT of one kind of reference for each company's today, where that day has none yet.

    :param data: SELECT of ``company_id, data``
    """
    return SQL(
        """INSERT INTO incom_customer_reference (company_id, date, kind, data)
           SELECT co.company_id, co.today, %(kind)s, coalesce(found.data, '{}'::jsonb)
             FROM incom_t_company co
             LEFT JOIN (%(data)s) AS found ON found.company_id = co.company_id
            WHERE NOT EXISTS (SELECT FROM incom_customer_reference ref
                               WHERE ref.company_id = co.company_id AND ref.date = co.today
                                 AND ref.kind = %(kind)s)""",
        kind=kind,
        data=data,
    )
