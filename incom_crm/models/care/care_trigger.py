from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import preview
from .care_criteria import FACTS

KINDS = [
    ("cycle", "Purchase cycle"),
    ("class", "Customer class"),
    ("purchase", "Time since the last purchase"),
    ("season", "Same season last year"),
    ("level", "Approach level"),
    ("birthday", "Birthday"),
    ("product", "Product bought"),
    ("renewal", "Contract renewal"),
]
# These open some days ahead of something, the others some days after it.
AHEAD = frozenset({"cycle", "season", "birthday", "renewal"})
LONGEST_AHEAD = 180
LONGEST_AFTER = 1100
# stands in a sentence for what is not chosen yet
UNKNOWN = "…"


class CareTrigger(models.Model):
    """An occasion to be in touch: it asks for care from a day on, until a colleague was in touch.

    It asks for those who match its criteria. What asks first is named in the customer's profile.
    """

    _name = "incom.care.trigger"
    _inherit = ["incom.care.criteria"]
    _description = "Care Trigger"

    _customer_facts = FACTS | {"kind", "days", "sequence", "category_id"}
    _fits_field = "fits_care_trigger_id"
    _due_field = "due_care_trigger_id"

    name = fields.Char(
        help="What the salesperson reads as the reason, such as: 3 days after a purchase: ask how it went."
    )
    kind = fields.Selection(KINDS, "Occasion", required=True, default="purchase")
    days = fields.Integer(
        required=True,
        default=7,
        help="Before a next purchase, an anniversary, a birthday or the end of a contract;"
        " after a purchase or the last contact.",
    )
    category_id = fields.Many2one(
        "product.category",
        "Product Category",
        ondelete="cascade",
        help="Products of this category and of those below it.",
    )
    description = fields.Text(
        translate=True, help="What it is for and what to do, in your own words."
    )
    explanation = fields.Char("In Words", compute="_compute_explanation")

    # those not in use may wait for somebody to choose
    _class_given = models.Constraint(
        "CHECK(NOT active OR kind <> 'class' OR customer_class IS NOT NULL)",
        "Choose the class of the customers to care for.",
    )
    _level_given = models.Constraint(
        "CHECK(NOT active OR kind <> 'level' OR level_id IS NOT NULL)",
        "Choose the approach level of the customers to care for.",
    )
    _category_given = models.Constraint(
        "CHECK(NOT active OR kind <> 'product' OR category_id IS NOT NULL)",
        "Choose the category of the products that were bought.",
    )

    @api.constrains("kind", "days")
    def _check_days(self):
        for trigger in self:
            first, last = (0, LONGEST_AHEAD) if trigger.kind in AHEAD else (1, LONGEST_AFTER)
            if not first <= trigger.days <= last:
                raise ValidationError(
                    self.env._(
                        "The days of this occasion are from %(first)s to %(last)s.",
                        first=first,
                        last=last,
                    )
                )

    @api.depends("kind", "days", "customer_class", "level_id", "category_id")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for trigger in self:
            trigger.explanation = trigger.kind and trigger._explanations()[trigger.kind]

    def _explanations(self):
        """What this would do, by kind: ``{kind: sentence}``."""
        days = self.days
        return {
            "cycle": self.env._(
                "Asks for care %(days)s days before the next purchase is due.", days=days
            ),
            "class": self.env._(
                "Asks for care when a customer of class %(group)s had no contact for %(days)s days.",
                group=(self.customer_class or "").upper() or UNKNOWN,
                days=days,
            ),
            "purchase": self.env._(
                "Asks for care %(days)s days after the last purchase.", days=days
            ),
            "season": self.env._(
                "Asks for care %(days)s days before the day of a purchase of last year, up to that day.",
                days=days,
            ),
            "level": self.env._(
                "Asks for care when a customer of the level %(level)s had no contact for %(days)s days.",
                level=self.level_id.name or UNKNOWN,
                days=days,
            ),
            "birthday": self.env._(
                "Asks for care %(days)s days before a birthday of the customer or a contact, up to the day.",
                days=days,
            ),
            "product": self.env._(
                "Asks for care %(days)s days after the last purchase of %(category)s.",
                category=self.category_id.display_name or UNKNOWN,
                days=days,
            ),
            "renewal": self.env._(
                "Asks for care %(days)s days before a contract ends: the renewal date of the order.",
                days=days,
            ),
        }

    @api.depends("kind", "days", "category_id", *FACTS)
    @api.depends_context("uid", "company")
    def _compute_due_count(self):
        for trigger in self:
            trigger.due_count = trigger._count_customers(trigger._due_domain())

    def _due_domain(self):
        self.ensure_one()
        if not self.kind:
            return Domain.FALSE
        return Domain("id", "in", preview.due_by_trigger(self.env, self._preview_row(), self.kind))

    def _preview_values(self):
        return {
            **super()._preview_values(),
            "id": SQL("0"),
            "kind": SQL("%s::varchar", self.kind or None),
            "days": SQL("%s::int", self.days),
            "sequence": SQL("0"),
            "category_id": SQL("%s::int", self.category_id._origin.id or None),
        }

    @api.model
    @tools.ormcache()
    def _active_kinds(self):
        """The kinds in use, sorted: what is not in use is left out of the engine's SQL."""
        # sudo: what the engine works with, whoever made it run
        return tuple(sorted(set(self.sudo().search([]).mapped("kind"))))

    def _touch_everybody(self):
        self.env.registry.clear_cache()
        return super()._touch_everybody()
