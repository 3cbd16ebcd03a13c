from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import IncomCrmCommon


class WorkCase(IncomCrmCommon):
    """A customer of sale_a1, with isolation on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["incom.isolation"]._switch(True)
        cls.customer = cls.env["res.partner"].create(
            {"name": "Bao Bi Ltd", "is_company": True, "user_id": cls.sale_a1.id}
        )
        cls.contact = cls.env["res.partner"].create(
            {"name": "Buyer", "parent_id": cls.customer.id, "phone": "0903 111 222"}
        )
        cls.tomorrow = cls.today + timedelta(days=1)

    def activity(self, activity_id):
        return self.env["mail.activity"].browse(activity_id)

    def as_user(self, user, partner=None):
        return (partner or self.customer).with_user(user)

    def assertRefused(self, method, *args, partner=None, user=None, **kwargs):
        """A sentence for the person, and nothing planned."""
        activities = self.env["mail.activity"].search_count([])
        partner = self.customer if partner is None else partner
        with self.assertRaises(UserError) as refused, self.env.cr.savepoint():
            getattr(partner.with_user(user or self.sale_a1), method)(*args, **kwargs)
        self.assertNotIsInstance(refused.exception, AccessError)
        self.assertRegex(str(refused.exception), r"\.$")
        self.env.invalidate_all()
        self.assertEqual(self.env["mail.activity"].search_count([]), activities)


@tagged("post_install", "-at_install")
class TestNextStep(WorkCase):
    """What comes next with a customer."""

    def test_kinds(self):
        for kind, xmlid in (
            ("call", "mail.mail_activity_data_call"),
            ("meet", "mail.mail_activity_data_meeting"),
            ("quote", "incom_crm.mail_activity_type_quotation"),
            ("promise", "incom_crm.mail_activity_type_promise"),
            ("todo", "mail.mail_activity_data_todo"),
        ):
            with self.subTest(kind=kind):
                step = self.activity(
                    self.as_user(self.sale_a1).incom_next_step("Send samples", self.tomorrow, kind)
                )
                self.assertEqual(step.activity_type_id, self.env.ref(xmlid))
                self.assertEqual(step.summary, "Send samples")
                self.assertEqual((step.user_id, step.date_deadline), (self.sale_a1, self.tomorrow))
                self.assertFalse(step.automated)

    def test_on_a_contact_it_is_the_customers(self):
        partner = self.as_user(self.sale_a1, self.contact)
        step = self.activity(partner.incom_next_step("Send samples", str(self.tomorrow)))
        self.assertEqual((step.res_model, step.res_id), ("res.partner", self.customer.id))

    def test_call_needs_no_words(self):
        step = self.activity(
            self.as_user(self.sale_a1).incom_next_step("", self.today.isoformat(), "call")
        )
        self.assertFalse(step.summary)

    def test_nonsense_is_refused_in_a_sentence(self):
        day, text = self.tomorrow, "Send samples"
        for name, args in (
            ("no text", ("", day)),
            ("blank text", ("  \n ", day)),
            ("no text for a promise", (False, day, "promise")),
            ("text is a number", (42, day)),
            ("text is true", (True, day)),
            ("text in a list", ([text], day)),
            ("a book", ("x" * 300, day)),
            ("a null character", ("a\0b", day)),
            ("half a character", ("a\ud83d b", day)),
            ("no day", (text, False)),
            ("day is a word", (text, "tomorrow")),
            ("day is a number", (text, 20260101)),
            ("day in a list", (text, [day.isoformat()])),
            ("yesterday", (text, self.days_ago(1))),
            ("the year 9999", (text, "9999-12-31")),
            ("unknown kind", (text, day, "dance")),
            ("kind in a list", (text, day, ["call"])),
            ("no kind", (text, day, None)),
        ):
            with self.subTest(name):
                self.assertRefused("incom_next_step", *args)
        self.assertRefused("incom_next_step", text, day, partner=self.env["res.partner"])
        self.assertRefused("incom_next_step", text, day, partner=self.customer | self.contact)

    def test_who_may_not_write_on_the_customer(self):
        for user in (self.sale_a2, self.leader_b, self.office, self.portal):
            for method, args in (
                ("incom_next_step", ("Send samples", self.tomorrow)),
                ("incom_promise", ("Send samples", self.tomorrow)),
                ("incom_give_directive", (self.sale_a1.id, "Send samples", self.tomorrow)),
                ("incom_ask_help", ("With the price",)),
                ("incom_write_down", ("Talked about prices",)),
            ):
                with self.subTest(user=user.login, method=method), self.assertRaises(AccessError):
                    getattr(self.as_user(user), method)(*args)


@tagged("post_install", "-at_install")
class TestWorkFromAbove(WorkCase):
    """Directives go down, calls for help go up."""

    def test_directive(self):
        directive = self.activity(
            self.as_user(self.director).incom_give_directive(
                self.sale_a1.id, "Visit them", self.tomorrow
            )
        )
        self.assertEqual(
            directive.activity_type_id, self.env.ref("incom_crm.mail_activity_type_directive")
        )
        self.assertEqual((directive.user_id, directive.create_uid), (self.sale_a1, self.director))
        directive.with_user(self.sale_a1).action_feedback(feedback="Visited, they want samples")
        done = self.env["mail.activity"].with_user(self.director).with_context(active_test=False)
        self.assertIn(directive, done.search([("create_uid", "=", self.director.id)]))

    def test_directive_to_whom_it_is_not_to_be_given(self):
        for name, giver, person in (
            ("oneself", self.leader_a, self.leader_a),
            ("one's superior", self.leader_a, self.director),
            ("another's people", self.leader_a, self.sale_b1),
            ("a colleague", self.sale_a1, self.sale_a2),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                self.as_user(giver).incom_give_directive(person.id, "Visit them", self.tomorrow)

    def test_directive_nonsense(self):
        archived = self._user("archived_below", "sales_team.group_sale_salesman")
        archived.crm_manager_id = self.leader_a
        archived.active = False
        for name, person in (
            ("nobody", False),
            ("unknown", 2**40),
            ("true", True),
            ("a name", "sale_a1"),
            ("a list", [self.sale_a1.id]),
            ("a customer's login", self.portal.id),
            ("who left", archived.id),
            ("who does not see the customer", self.sale_a2.id),
        ):
            with self.subTest(name):
                self.assertRefused(
                    "incom_give_directive",
                    person,
                    "Visit them",
                    self.tomorrow,
                    user=self.leader_a,
                )

    def test_help_goes_to_the_nearest_who_is_there(self):
        call = self.activity(self.as_user(self.sale_a1).incom_ask_help("They want 90 days"))
        self.assertEqual(
            (call.user_id, call.summary, call.date_deadline),
            (self.leader_a, "They want 90 days", self.today),
        )
        self.leader_a.active = False
        call = self.activity(self.as_user(self.sale_a1).incom_ask_help("They want 90 days"))
        self.assertEqual(call.user_id, self.director)

    def test_help_where_there_is_nobody(self):
        self.sale_a1.crm_manager_id = False
        self.assertRefused("incom_ask_help", "They want 90 days")

    def test_help_needs_words(self):
        for text in ("", False, 7, ["help"]):
            with self.subTest(text=text):
                self.assertRefused("incom_ask_help", text)


@tagged("post_install", "-at_install")
class TestPromise(WorkCase):
    """A promise has who, what and when; overdue it is kept or put off."""

    def promise(self, ago=0, user=None, keeper=False, partner=None):
        partner = self.as_user(user or self.sale_a1, partner)
        promise = self.activity(partner.incom_promise("Send samples", self.today, keeper))
        promise.date_deadline = self.days_ago(ago)
        return promise

    def overdue(self, user, partner=None):
        self.env.invalidate_all()
        return [row["id"] for row in self.as_user(user, partner).incom_overdue_promises()]

    def test_who_keeps_it(self):
        self.assertEqual(self.promise().user_id, self.sale_a1)
        self.assertEqual(
            self.promise(user=self.leader_a, keeper=self.sale_a1.id).user_id, self.sale_a1
        )
        with self.assertRaises(AccessError):
            self.promise(keeper=self.leader_a.id)

    def test_overdue_on_whatever_document(self):
        late, later = self.promise(2), self.promise(1)
        self.promise(0)
        lead = self.env["crm.lead"].create(
            {"name": "Machine", "partner_id": self.contact.id, "user_id": self.sale_a1.id}
        )
        on_lead = self.promise(3)
        on_lead.write({"res_model_id": self.env["ir.model"]._get_id("crm.lead"), "res_id": lead.id})
        expected = [on_lead.id, late.id, later.id]
        self.assertEqual(self.overdue(self.sale_a1), expected)
        self.assertEqual(self.overdue(self.leader_a, self.contact), expected)
        with self.assertRaises(AccessError):
            self.overdue(self.sale_a2)

    def test_kept(self):
        promise = self.promise(2)
        promise.with_user(self.sale_a1).incom_promise_kept()
        self.assertFalse(promise.active)
        self.assertEqual(self.overdue(self.sale_a1), [])
        with self.assertRaises(UserError):
            promise.with_user(self.sale_a1).incom_promise_kept()

    def test_put_off(self):
        promise = self.promise(2)
        mine = promise.with_user(self.sale_a1)
        for until, reason in (
            (self.tomorrow, ""),
            (self.tomorrow, 5),
            (self.days_ago(1), "Factory is closed"),
            ("soon", "Factory is closed"),
        ):
            with self.subTest(until=until, reason=reason), self.assertRaises(UserError):
                mine.incom_promise_put_off(until, reason)
        rows = self.env["incom.interaction"].search_count([])
        mine.incom_promise_put_off(self.tomorrow, "Factory is <closed>")
        self.assertEqual(promise.date_deadline, self.tomorrow)
        self.assertIn("Factory is &lt;closed&gt;", self.customer.message_ids[0].body)
        self.assertEqual(self.env["incom.interaction"].search_count([]), rows)

    def test_not_by_somebody_else(self):
        promise = self.promise(2)
        for user in (self.sale_a2, self.leader_b, self.office):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                promise.with_user(user).incom_promise_kept()

    def test_only_a_promise(self):
        step = self.activity(self.as_user(self.sale_a1).incom_next_step("Call", self.today, "call"))
        with self.assertRaises(UserError):
            step.with_user(self.sale_a1).incom_promise_kept()


@tagged("post_install", "-at_install")
class TestQuickEntry(WorkCase):
    """One save: a line in the diary and what comes next."""

    def write_down(self, *args, **kwargs):
        return self.as_user(self.sale_a1).incom_write_down(*args, **kwargs)

    def test_both_in_one(self):
        step = {
            "summary": "Send samples",
            "date_deadline": str(self.tomorrow),
            "activity_type": "promise",
        }
        saved = self.write_down("They ask for samples", "zalo", False, step)
        row = self.env["incom.interaction"].browse(saved["interaction_id"])
        self.assertEqual((row.channel, row.body), ("zalo", "They ask for samples"))
        self.assertEqual(self.activity(saved["activity_id"]).date_deadline, self.tomorrow)

    def test_next_step_is_never_forced(self):
        for nothing in (None, False, "", {}):
            with self.subTest(nothing=nothing):
                self.assertFalse(self.write_down("Talked", next_step=nothing)["activity_id"])

    def test_neither_where_one_is_wrong(self):
        rows = self.env["incom.interaction"].search_count([])
        for step in (
            {"summary": "x", "date_deadline": "yesterday"},
            {"summary": "x"},
            {"date_deadline": str(self.tomorrow)},
            {"summary": "x", "date_deadline": str(self.tomorrow), "user_id": 2},
            {"summary": "x", "date_deadline": str(self.tomorrow), "activity_type": "dance"},
            ["x"],
            "x",
            7,
        ):
            with self.subTest(step=step):
                self.assertRefused("incom_write_down", "Talked", next_step=step)
                self.assertEqual(self.env["incom.interaction"].search_count([]), rows)

    def find(self, text="", user=None, **kwargs):
        partners = self.env["res.partner"].with_user(user or self.sale_a1)
        found = partners.incom_find_customers(text, **kwargs)
        return self.env["res.partner"].browse(row["id"] for row in found)

    def test_find(self):
        first, second = self.make_customer("Aa Ltd"), self.make_customer("Zz Ltd")
        other = self.make_customer("Aa of another", self.sale_b1)
        for customer in (first, second, other, self.customer):
            self.profile(customer)
        self.make_interaction(second, self.days_ago(3))
        self.make_interaction(self.customer, self.days_ago(1))
        self.make_interaction(other, self.today)
        self.assertEqual(self.find()[:3], self.customer + second + first)
        self.assertEqual(self.find("ltd", limit=1), self.customer)
        self.assertEqual(self.find("aa"), first)
        self.assertEqual(self.find("0903 111"), self.customer)
        self.assertEqual(self.find("0903111222"), self.customer)
        self.assertFalse(self.find("no such customer"))
        self.assertNotIn(other, self.find())
        self.assertFalse(self.find("%"))
        for text in (None, 7, ["x"], {"a": 1}):
            self.assertTrue(self.find(text))

    def test_customer_of_a_document(self):
        self.profile(self.customer)
        lead = self.env["crm.lead"].create(
            {"name": "Machine", "partner_id": self.contact.id, "user_id": self.sale_a1.id}
        )
        of = self.env["res.partner"].with_user(self.sale_a1).incom_customer_of
        expected = {"id": self.customer.id, "name": "Bao Bi Ltd"}
        self.assertEqual(of("crm.lead", lead.id), expected)
        self.assertEqual(of("res.partner", self.contact.id), expected)
        for model, res_id in (
            ("res.users", self.sale_a1.id),
            ("nonsense", 1),
            ("res.partner", "1"),
            ("res.partner", 2**40),
            (["res.partner"], 1),
            ("res.partner", self.make_customer("Hidden", self.sale_b1).id),
        ):
            with self.subTest(model=model, res_id=res_id):
                self.assertFalse(of(model, res_id))
