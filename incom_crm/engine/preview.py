"""Whom a care policy or trigger would touch today: the engine's expressions on the stored rows.

Each function gives a SELECT of ids of ``incom_customer_profile``, for a policy or trigger that need not
be in use, nor be saved.
"""

from odoo.tools import SQL

from . import customers, purchases, trigger
from .calendar import companies, open_no
from .care import matches, shortened, silence_due_days


def fitting(env, setting: SQL) -> SQL:
    """The rows that meet the criteria.

    :param setting: SELECT of one row with the columns of a care policy or trigger
    """
    return SQL(
        "WITH %s SELECT co.profile_id FROM (%s) AS co CROSS JOIN (%s) AS setting WHERE %s",
        _ctes({"company": companies(env)}),
        _rows(),
        setting,
        matches("setting", "co"),
    )


def due_by_policy(env, setting: SQL) -> SQL:
    """The rows whose silence would ask for care if this were the only policy."""
    params = env["incom.crm.parameter"]._values()
    return SQL(
        """WITH %(company)s
           SELECT co.profile_id
             FROM (%(rows)s) AS co
            CROSS JOIN (%(setting)s) AS setting
            CROSS JOIN LATERAL (SELECT %(k)s AS days) AS allowed
            WHERE co.code <> 'other'
              AND co.o_today - %(silent_no)s >= %(due_days)s
              AND %(matches)s""",
        company=_ctes({"company": companies(env)}),
        rows=_rows(),
        setting=setting,
        k=shortened(SQL("setting.silence_days"), params),
        silent_no=open_no(SQL("co.silent_since")),
        due_days=silence_due_days(SQL("allowed.days"), params),
        matches=matches("setting", "co"),
    )


def due_by_trigger(env, setting: SQL, kind: str) -> SQL:
    """The rows for which a trigger of this kind asks for care."""
    params = env["incom.crm.parameter"]._values()
    relations = {
        "company": companies(env),
        "contact": customers.contacts(SQL("TRUE")),
        "row": SQL("SELECT partner_id AS customer_id, company_id FROM incom_customer_profile"),
        "care": SQL(
            """SELECT partner_id AS customer_id, company_id, last_care_date AS last_care_day
                 FROM incom_customer_profile"""
        ),
        **purchases.taken(params, env["incom.customer.profile"]._returned_orders()),
        **trigger.sources(setting, [kind], params),
    }
    return SQL(
        """WITH %s
           SELECT co.profile_id
             FROM (%s) AS co
             %s
            CROSS JOIN LATERAL (%s) AS asking
            WHERE asking.opens <= co.today""",
        _ctes(relations),
        _rows(),
        trigger.occasions_of([kind]),
        trigger.asking([kind]),
    )


def _ctes(relations) -> SQL:
    return SQL(", ").join(
        SQL("%s AS (%s)", SQL.identifier(f"incom_t_{name}"), select)
        for name, select in relations.items()
    )


def _rows() -> SQL:
    """The stored rows in the columns of the stages ``classed`` and ``limited``."""
    return SQL(
        """SELECT p.id AS profile_id, p.partner_id AS customer_id, p.company_id,
                  co.today, co.o_today, co.closed, co.closed_no,
                  p.approach_level_id AS level_id, p.approach_stage AS stage, level.code,
                  p.customer_class AS class, p.industry_id, p.region_id, owner.sale_team_id AS team_id,
                  CASE WHEN p.purchase_cycle_evidence IN ('pinned', 'confirmed')
                       THEN p.purchase_cycle_days::numeric END AS c,
                  %(last_no)s AS last_no, %(due_no)s AS due_no,
                  p.last_care_date AS last_care_day, p.customer_since, p.silence_from AS silent_since,
                  p.allowed_silence AS k
             FROM incom_customer_profile p
             JOIN incom_t_company co ON co.company_id = p.company_id
             JOIN incom_approach_level level ON level.id = p.approach_level_id
             LEFT JOIN res_users owner ON owner.id = p.user_id""",
        last_no=open_no(SQL("p.last_purchase_date")),
        due_no=open_no(SQL("p.next_purchase_date")),
    )
