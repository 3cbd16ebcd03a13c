import logging
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ...engine import diary, diary_work

_logger = logging.getLogger(__name__)

CHANNELS = [
    ("phone", "Phone"),
    ("visit", "Visit"),
    ("email", "Email"),
    ("sms", "SMS"),
    ("zalo", "Zalo"),
    ("facebook", "Facebook"),
    ("web", "Web"),
    ("post", "Post"),
    ("fax", "Fax"),
    ("other", "Other"),
]
# Documents that got a customer in this transaction, by model, until their history is written.
HISTORIES = "incom_crm.diary_histories"
# The job looks so far back for meetings that have begun since.
BEGUN_WITHIN = timedelta(days=2)
GRADES = [("attempt", "Attempt"), ("content", "Content"), ("two_way", "Two-way")]


class Interaction(models.Model):
    """The diary: one append-only row per contact with a customer."""

    _name = "incom.interaction"
    _inherit = ["incom.customer.source"]
    _description = "Interaction"
    _order = "date desc, id desc"
    _rec_name = "body"
    _log_access = False

    _customer_facts = frozenset(
        {
            "company_id",
            "date",
            "direction",
            "grade",
            "late",
            "partner_id",
            "source_state",
            "user_id",
        }
    )

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="cascade", help="The commercial entity."
    )
    contact_id = fields.Many2one("res.partner", index="btree_not_null", ondelete="set null")
    user_id = fields.Many2one(
        "res.users",
        "Author",
        index="btree_not_null",
        help="The colleague; empty when it came from the customer.",
    )
    company_id = fields.Many2one("res.company", required=True)
    date = fields.Datetime(required=True)
    channel = fields.Selection(CHANNELS, required=True)
    direction = fields.Selection([("in", "Incoming"), ("out", "Outgoing")], required=True)
    grade = fields.Selection(GRADES, required=True)
    body = fields.Text()
    res_model = fields.Char("Document Model")
    res_id = fields.Many2oneReference("Document", model_field="res_model")
    message_id = fields.Many2one(
        "mail.message",
        index="btree_not_null",
        ondelete="set null",
        help="The message it was written from.",
    )
    event_id = fields.Many2one(
        "calendar.event", "Meeting", index="btree_not_null", ondelete="set null"
    )
    activity_id = fields.Integer(
        "Done Activity", help="Number of the activity it was written from."
    )
    recorded_on = fields.Datetime(
        required=True, default=fields.Datetime.now, help="When it was written down."
    )
    late = fields.Boolean(
        "Late Entry",
        help="Written down more than three days after it happened: counts as cared for, not against silence.",
    )
    source_state = fields.Selection(
        [
            ("kept", "As written"),
            ("edited", "Edited later"),
            ("deleted", "Deleted later"),
            ("revoked", "Outcome changed later"),
        ],
        "Source",
        default="kept",
        required=True,
    )

    _message_uniq = models.UniqueIndex("(message_id) WHERE message_id IS NOT NULL")
    _activity_uniq = models.UniqueIndex("(activity_id) WHERE activity_id IS NOT NULL")
    _signature_idx = models.Index(
        "(res_id) WHERE res_model = 'sale.order' AND message_id IS NULL AND activity_id IS NULL"
    )
    _partner_date_idx = models.Index("(partner_id, date DESC)")
    _user_date_idx = models.Index("(user_id, date) WHERE user_id IS NOT NULL")

    @api.model
    def _customer_documents(self):
        """Models whose chatter and activities belong to a customer, through their ``partner_id``.

        :return: ``{model name: whether it is a paper}``; on papers (invoices, deliveries) only internal
            notes are content. Other addons extend it.
        """
        return {
            "res.partner": False,
            "crm.lead": False,
            "sale.order": False,
            "account.move": True,
            "stock.picking": True,
            "project.task": False,
        }

    @api.model
    def _documents(self):
        """What the installed addons know of a customer's documents.

        :return: ``{model name: SELECT of id, contact_id, company_id}``
        """
        return {
            name: SQL(
                "SELECT id, %s AS contact_id, company_id FROM %s WHERE %s",
                SQL("id") if name == "res.partner" else SQL("partner_id"),
                SQL.identifier(self.env[name]._table),
                self._document_condition(name),
            )
            for name in self._customer_documents()
            if name in self.env
        }

    @api.model
    def _document_of(self, model, res_id):
        """The customer document of this model and id: ``contact_id, company_id, is_paper``.

        Meant for LATERAL, so that a message finds its document by its id among however many.

        :param SQL model: expression of the model's name
        :param SQL res_id: expression of the id
        """
        papers = self._customer_documents()
        return SQL(" UNION ALL ").join(
            SQL(
                """SELECT one.contact_id, one.company_id, %s AS is_paper
                     FROM (%s) AS one WHERE %s = %s AND one.id = %s""",
                papers[name],
                select,
                model,
                name,
                res_id,
            )
            for name, select in self._documents().items()
        )

    @api.model
    def _document_condition(self, model):
        """Which documents of a model are a customer's: what a supplier bills is no work on a customer."""
        if model == "account.move":
            return SQL("move_type = ANY(%s)", list(self.env[model].get_sale_types(True)))
        return SQL("TRUE")

    @api.model
    def _grading_parameters(self):
        return {
            **self.env["incom.crm.parameter"]._values(),
            "odoobot": self.env["ir.model.data"]._xmlid_to_res_id("base.partner_root"),
            "root": SUPERUSER_ID,
            "now": fields.Datetime.now(),
        }

    @api.model
    def _record_messages(self, scope):
        """Write the diary rows of chatter messages.

        :param SQL scope: condition on ``mail_message m``
        :return: number of rows written
        """
        return self._record(
            diary.from_messages(self._document_of, scope, self._grading_parameters())
        )

    @api.model
    def _record_done_messages(self, scope):
        """Write the diary rows of activities of which only the message is left; ``scope`` as for messages."""
        return self._record(
            diary_work.from_done_messages(self._document_of, scope, self._grading_parameters())
        )

    @api.model
    def _record_activities(self, scope):
        """Write the diary rows of done activities; ``scope`` is a condition on ``mail_activity activity``."""
        written = self._record(
            diary_work.from_activities(self._document_of, scope, self._grading_parameters())
        )
        return written + self._record(diary_work.feedback_to_meetings(scope))

    @api.model
    def _record_meetings(self, scope):
        """Write the diary rows of meetings with an outcome; ``scope`` is a condition on ``calendar_event event``."""
        written = self._record(
            diary_work.from_meetings(self._document_of, scope, self._grading_parameters())
        )
        return written + self._record(diary_work.activities_of_meetings(scope))

    @api.model
    def _record_begun_meetings(self):
        """Write the diary rows of meetings that got their outcome before they began."""
        now = fields.Datetime.now()
        self._record_safely(
            self._record_meetings,
            SQL("event.start > %s AND event.start <= %s", now - BEGUN_WITHIN, now),
        )

    @api.model
    def _record_words(self, scope):
        """Bring the words of meetings up to date; ``scope`` is a condition on ``calendar_event event``."""
        return self._record(diary_work.words_to_meetings(scope))

    @api.model
    def _record_signatures(self, scope):
        """Write the diary rows of online signatures and payments; ``scope`` is a condition on ``sale_order o``."""
        return self._record(diary.from_signatures(scope, self._grading_parameters()))

    @api.model
    def _record_history(self, documents):
        """Write what was done on documents before they had a customer: at precommit, so that many
        leads that get theirs one by one cost as much as one.
        """
        if not documents:
            return
        precommit = self.env.cr.precommit
        if HISTORIES not in precommit.data:
            precommit.data[HISTORIES] = {}
            precommit.add(self._record_histories)
        precommit.data[HISTORIES].setdefault(documents._name, set()).update(documents.ids)

    def _record_histories(self):
        """Precommit hook: what was done on documents that got a customer in this transaction."""
        for model, ids in self.env.cr.precommit.data.pop(HISTORIES, {}).items():
            if documents := self.env[model].browse(ids).exists():
                self._record_safely(self._record_done_on, documents)

    def _record_done_on(self, documents):
        document = (documents._name, documents.ids)
        messages = SQL("m.model = %s AND m.res_id = ANY(%s)", *document)
        self._record_messages(messages)
        self._record_done_messages(messages)
        self._record_meetings(SQL("event.res_model = %s AND event.res_id = ANY(%s)", *document))
        if documents._name == "crm.lead":
            self._record_meetings(SQL("event.opportunity_id = ANY(%s)", documents.ids))
        self._record_activities(
            SQL("activity.res_model = %s AND activity.res_id = ANY(%s)", *document)
        )

    def _record(self, statement):
        rows = self.env.execute_query(statement)
        self.env["incom.customer.queue"]._touch(partner_id for (partner_id,) in rows)
        self.invalidate_model()
        return len(rows)

    @api.model
    def _record_safely(self, record, scope):
        """Write diary rows beside somebody's work: whatever fails here is logged and stops nobody.

        That work is flushed before, its own errors are its own; and a savepoint that flushed would, when
        rolled back, drop all that waits for the commit.
        """
        self.env.flush_all()
        self._record_guarded(record, scope)

    def _record_guarded(self, record, scope):
        """Whoever only met another transaction tries again; other failures are logged."""
        try:
            with self.env.cr.savepoint(flush=False):
                record(scope)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception:
            _logger.exception("The diary missed what happened: %s", scope)

    @api.model
    def _follow_messages(self, messages):
        """Messages went over to another document, as on merging leads: their rows lead to that one."""
        messages.flush_recordset(["model", "res_id"])
        self.env.execute_query(
            SQL(
                """UPDATE incom_interaction diary SET res_model = m.model, res_id = m.res_id
                     FROM mail_message m WHERE m.id = diary.message_id AND m.id = ANY(%s)
                RETURNING diary.id""",
                messages.ids,
            )
        )
        self.invalidate_model(["res_model", "res_id"])

    @api.model
    def _mark(self, condition, state):
        """Mark rows whose source was edited, deleted or revoked; they stay."""
        rows = self.env.execute_query(
            SQL(
                "UPDATE incom_interaction SET source_state = %s WHERE %s RETURNING partner_id",
                state,
                condition,
            )
        )
        self.env["incom.customer.queue"]._touch(partner_id for (partner_id,) in rows)
        self.invalidate_model(["source_state"])
