from odoo import Command

from ..common import IncomCrmCommon


class MoneyCommon(IncomCrmCommon):
    """Two companies with books, a foreign currency, and a payment term of instalments."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["incom.isolation"]._switch(True)
        cls.other_company = cls.env["res.company"].create(
            {"name": "Second Company", "incom_tz": cls.company.incom_tz}
        )
        cls.env.user.company_ids += cls.other_company
        cls.env["account.chart.template"]._load(
            "generic_coa", cls.other_company, install_demo=False
        )
        cls.env = cls.env(
            context=dict(
                cls.env.context, allowed_company_ids=[cls.company.id, cls.other_company.id]
            )
        )
        cls.foreign = cls.env.ref("base.EUR")
        cls.foreign.active = True
        cls.env["res.currency.rate"].create(
            [
                {
                    "name": cls.days_ago(cls, 400),
                    "currency_id": cls.foreign.id,
                    "rate": 0.8,
                    "company_id": company.id,
                }
                for company in (cls.company, cls.other_company)
            ]
        )
        cls.pricelists = {
            (company, currency): cls.env["product.pricelist"].create(
                {"name": currency.name, "currency_id": currency.id, "company_id": company.id}
            )
            for company in (cls.company, cls.other_company)
            for currency in (company.currency_id, cls.foreign)
        }
        cls.instalments = cls.env["account.payment.term"].create(
            {
                "name": "Three parts",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": part, "nb_days": days})
                    for part, days in ((30, 0), (30, 30), (40, 60))
                ],
            }
        )
        cls.money = cls.env["incom.money.line"]

    def amounts(self, domain, groupby="box", model=None):
        """``{group: sum of amounts}`` of the map."""
        model = self.money if model is None else model
        groups = model._read_group(domain, [groupby], ["amount:sum"])
        return {group: amount for group, amount in groups}
