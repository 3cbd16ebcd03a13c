from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import escape_psql

from ..care.res_partner_diary import _is_nothing

# As many as fit on a phone without scrolling far.
SHOWN = 12
# Digits that a search by phone number needs.
SHORTEST_NUMBER = 3
STEP_KEYS = frozenset({"summary", "date_deadline", "activity_type"})


class ResPartner(models.Model):
    """Quick entry: find the customer, write one line, say what comes next; one save."""

    _inherit = "res.partner"

    def incom_write_down(self, body, channel="phone", outcome=False, next_step=False):
        """Write one line into the diary and plan what comes next: both, or neither.

        :param next_step: nothing, or ``{"summary", "date_deadline", "activity_type"}``; see
            ``incom_next_step``; the first three as in ``incom_log_interaction``
        :return: ``{"interaction_id", "activity_id"}``
        """
        step = self._checked_next_step(next_step)
        return {
            "interaction_id": self.incom_log_interaction(body, channel, outcome),
            "activity_id": self.incom_next_step(**step) if step else False,
        }

    @api.model
    @api.readonly
    def incom_find_customers(self, text="", limit=SHOWN):
        """Customers by name or phone number, those the user wrote about last first.

        :return: ``[{"id", "name", "phone", "city"}]``; persons stand for their company
        """
        text = text.strip() if isinstance(text, str) else ""
        limit = limit if isinstance(limit, int) and 0 < limit <= SHOWN else SHOWN
        found, written = self._named(text), self._written_about()
        places = {customer_id: place for place, customer_id in enumerate(written)}
        mine = self.search(found & Domain("id", "in", written))
        customers = mine.sorted(lambda customer: places[customer.id])[:limit]
        if further := limit - len(customers):
            others = found & Domain("id", "not in", customers.ids)
            customers += self.search(others, limit=further, order="complete_name, id")
        return [
            {
                "id": customer.id,
                "name": customer.complete_name,
                "phone": customer.phone or "",
                "city": customer.city or "",
            }
            for customer in customers
        ]

    @api.model
    @api.readonly
    def incom_customer_of(self, res_model, res_id):
        """The customer of an open document, for whom the entry is made.

        :return: ``{"id", "name"}``; nothing where the document has none or the user does not see it
        """
        if not isinstance(res_model, str) or not isinstance(res_id, int):
            return False
        documents = self.env["incom.interaction"]._customer_documents()
        if res_model not in documents or res_model not in self.env:
            return False
        document = self.env[res_model].browse(res_id).exists()._filtered_access("read")
        contact = document if res_model == "res.partner" else document.partner_id
        customer = contact.commercial_partner_id._filtered_access("read")
        if not customer.customer_profile_id:
            return False
        return {"id": customer.id, "name": customer.complete_name}

    def _checked_next_step(self, step):
        if _is_nothing(step) or step == {}:
            return {}
        if not isinstance(step, dict) or not STEP_KEYS.issuperset(step):
            raise UserError(self.env._("The next step has a kind, a day and a line of text."))
        return {"summary": False, "date_deadline": False, **step}

    @api.model
    def _named(self, text):
        """Condition on customers by their name, or by a number of theirs or of one of their persons."""
        customers = Domain("customer_profile_id", "!=", False)
        if not text:
            return customers
        found = Domain("complete_name", "ilike", escape_psql(text))
        digits = "".join(character for character in text if character.isdigit())
        if len(digits) >= SHORTEST_NUMBER and len(digits) * 2 > len(text):
            number = Domain("phone_mobile_search", "ilike", text)
            found |= number | Domain("child_ids", "any", number)
        return customers & found

    @api.model
    def _written_about(self):
        """Ids of the customers in the user's diary, the newest first; as many as one may remember."""
        # only numbers: whom of them he still sees is for the search to say
        rows = self.env.execute_query(
            SQL(
                """SELECT partner_id FROM (SELECT partner_id, date FROM incom_interaction
                          WHERE user_id = %s ORDER BY date DESC LIMIT 500) AS written
                    GROUP BY partner_id ORDER BY max(date) DESC LIMIT 100""",
                self.env.uid,
            )
        )
        return [partner_id for (partner_id,) in rows]
