from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import preview
from ...engine.care import CRITERIA
from ..customer.customer_profile import CARE, CUSTOMER_CLASS

# What a customer's profile depends on.
FACTS = frozenset({"active", "tag_id", *CRITERIA})


class CareCriteria(models.AbstractModel):
    """Which customers a care policy or trigger is for, and how many that would be today.

    An empty criterion matches everybody. The preview asks the engine's own SQL about the stored rows, for
    the record as it stands in the form, in use or not, and counts what the viewer may see.
    """

    _name = "incom.care.criteria"
    _inherit = ["incom.customer.setting"]
    _description = "Criteria of Care"
    _order = "sequence, id"

    _customer_facts = FACTS
    # The fields of the profile that look for the customers of one record.
    _fits_field = None
    _due_field = None

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: customers of every company.")
    level_id = fields.Many2one("incom.approach.level", "Approach Level", ondelete="cascade")
    customer_class = fields.Selection(CUSTOMER_CLASS, "Class")
    industry_id = fields.Many2one("res.partner.industry", ondelete="cascade")
    tag_id = fields.Many2one("res.partner.category", ondelete="cascade")
    region_id = fields.Many2one("incom.region", ondelete="cascade")
    team_id = fields.Many2one(
        "crm.team", "Sales Team", ondelete="cascade", help="The team of the customer's salesperson."
    )
    fits_count = fields.Integer(
        "Fitting Customers",
        compute="_compute_fits_count",
        help="Customers who meet all criteria; of those, the ones you may see.",
        groups=CARE,
    )
    due_count = fields.Integer(
        "Due Today",
        compute="_compute_due_count",
        help="Customers for whom this alone would ask for care today; of those, the ones you may see.",
        groups=CARE,
    )

    @api.depends(*FACTS)
    @api.depends_context("uid", "company")
    def _compute_fits_count(self):
        for record in self:
            record.fits_count = record._count_customers(record._fits_domain())

    def _count_customers(self, profiles):
        return self.env["res.partner"].search_count([("customer_profile_id", "any", profiles)])

    def _fits_domain(self):
        """The profiles that meet the criteria."""
        self.ensure_one()
        return Domain("id", "in", preview.fitting(self.env, self._preview_row()))

    def _due_domain(self):
        """The profiles this would ask for care of today."""
        raise NotImplementedError

    def _preview_values(self):
        """The columns the engine reads, as they stand in the form: ``{column: SQL}``."""
        values = {
            name: SQL("%s::int", self[name]._origin.id or None)
            for name in ("tag_id", *CRITERIA)
            if name != "customer_class"
        }
        return {**values, "customer_class": SQL("%s::varchar", self.customer_class or None)}

    def _preview_row(self):
        """The record as a SELECT of one row."""
        return SQL(
            "SELECT %s",
            SQL(", ").join(
                SQL("%s AS %s", value, SQL.identifier(column))
                for column, value in self._preview_values().items()
            ),
        )

    def action_open_fitting(self):
        return self._open_customers(
            self._fits_field, self.env._("Customers: %(name)s", name=self.name)
        )

    def action_open_due(self):
        return self._open_customers(
            self._due_field, self.env._("Due Today: %(name)s", name=self.name)
        )

    def _open_customers(self, field, title):
        """The customers that were counted, as the viewer's customer list."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("incom_crm.res_partner_action")
        return {
            **action,
            "name": title,
            "path": False,
            "domain": [("customer_profile_id", "any", [(field, "=", self.id)])],
            "context": {"create": False},
        }
