from unittest.mock import patch

from odoo.exceptions import LockError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_handover import HandoverCase

WORK = "odoo.addons.incom_crm.models.people.handover.handover_work"
TURN = "odoo.addons.incom_crm.models.people.handover.handover_turn"


class Killed(Exception):
    """Stands for a worker that is killed."""


class TestHandoverJob(HandoverCase):
    """Big handovers: in batches by the job, interrupted anywhere, never twice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref("incom_crm.parameter_handover_at_once").value = 2

    def states(self, handover):
        handover.line_ids.invalidate_recordset()
        return sorted(
            handover.line_ids.filtered(lambda line: line.kind == "customer").mapped("state")
        )

    def test_by_the_job(self):
        worlds = [self.make_world(f"Customer {number}") for number in range(3)]
        handover = self.hand_over()
        self.assertEqual((handover.state, handover.progress), ("running", 0))
        self.assertEqual(worlds[0]["customer"].user_id, self.sale_a1)
        self.run_job()
        self.assertEqual((handover.state, handover.progress), ("done", 100))
        for world in worlds:
            self.assertEqual(world["customer"].user_id, self.sale_a2)
            self.assertEqual(world["customer"].write_uid, self.leader_a, "in the superior's name")
        handover.with_user(self.leader_a).action_undo()
        self.assertEqual((handover.state, handover.progress), ("undoing", 0))
        self.run_job()
        self.assertEqual((handover.state, handover.progress), ("undone", 100))
        self.assertEqual(worlds[2]["lead"].user_id, self.sale_a1)

    def test_batch_after_batch(self):
        for number in range(5):
            self.make_customer(f"Customer {number}")
        handover = self.hand_over()
        with patch.object(self.registry["incom.handover"]._next_lines, "__defaults__", (2,)):
            self.assertEqual(handover._work_batch(), 2)
            self.assertEqual(handover.progress, 40)
            self.assertEqual(self.states(handover), ["done"] * 2 + ["waiting"] * 3)
            self.assertEqual(handover._work_batch(), 2)
            self.assertEqual(handover._work_batch(), 1)
        self.assertEqual(handover.state, "done")
        self.assertEqual(handover._work_batch(), 0)

    def test_killed_and_continued(self):
        """What was not committed is done again, what was is not: nothing moves twice."""
        worlds = [self.make_world(f"Customer {number}") for number in range(4)]
        handover = self.hand_over()
        lines = self.registry["incom.handover.line"]
        turn, writes = lines._turn_followers, []

        def killed(lines, back):
            turn(lines, back)
            raise Killed

        with patch.object(self.registry["incom.handover"]._next_lines, "__defaults__", (2,)):
            handover._work_batch()
            self.env.flush_all()
            with (
                self.assertRaises(Killed),
                self.env.cr.savepoint(),
                patch.object(lines, "_turn_followers", killed),
            ):
                handover._work_batch()
            self.env.invalidate_all()
            self.assertEqual(self.states(handover), ["done"] * 2 + ["waiting"] * 2)
            self.assertEqual(handover.progress, 50)
            write = self.registry["res.partner"].write

            def counted(partners, vals):
                writes.extend(partners.ids if "user_id" in vals else ())
                return write(partners, vals)

            with patch.object(self.registry["res.partner"], "write", counted):
                self.run_job()
        self.assertEqual(handover.state, "done")
        self.assertEqual(len(writes), len(set(writes)))
        self.assertEqual(len(writes), 4, "two customers and their two contacts")
        for world in worlds:
            self.assertEqual(world["customer"].user_id, self.sale_a2)

    def test_changed_while_it_waits(self):
        worlds = [self.make_world(f"Customer {number}") for number in range(3)]
        handover = self.hand_over()
        worlds[0]["customer"].user_id = self.leader_a
        worlds[1]["lead"].user_id = self.leader_a
        self.run_job()
        self.assertEqual(handover.state, "done")
        self.assertEqual(self.people_of(worlds[0])["customer"], self.leader_a)
        self.assertEqual(worlds[0]["lead"].user_id, self.sale_a1, "stays with the customer")
        self.assertEqual(worlds[1]["customer"].user_id, self.sale_a2)
        self.assertEqual(worlds[1]["lead"].user_id, self.leader_a)
        self.assertTrue(handover.left_count)

    def test_undo_while_it_runs(self):
        worlds = [self.make_world(f"Customer {number}") for number in range(5)]
        handover = self.hand_over()
        with patch.object(self.registry["incom.handover"]._next_lines, "__defaults__", (2,)):
            handover._work_batch()
        handover.with_user(self.leader_a).action_undo()
        self.run_job()
        self.assertEqual(handover.state, "undone")
        for world in worlds:
            self.assertEqual(self.people_of(world)["customer"], self.sale_a1)

    def test_one_customer_with_a_problem(self):
        """What one customer's data refuse stops nobody else's."""
        worlds = [self.make_world(f"Customer {number}") for number in range(3)]
        handover = self.hand_over()
        write = self.registry["crm.lead"].write
        refusal = UserError("A property is missing")

        def refusing(leads, vals):
            if worlds[1]["lead"].id in leads.ids:
                raise refusal
            return write(leads, vals)

        with patch.object(self.registry["crm.lead"], "write", refusing), mute_logger(TURN):
            self.run_job()
        self.assertEqual(handover.state, "done")
        owners = [self.people_of(world)["customer"] for world in worlds]
        self.assertEqual(owners, [self.sale_a2, self.sale_a1, self.sale_a2])
        left = handover.line_ids.filtered(lambda line: line.state == "skipped")
        self.assertEqual(left.partner_id, worlds[1]["customer"])
        self.assertEqual(set(left.mapped("problem")), {"A property is missing"})

    def test_few_queries_per_batch(self):
        """The number of queries grows with the kinds of records, hardly with their number."""
        self.env.ref("incom_crm.parameter_handover_at_once").value = 0

        def queries(count):
            partners = self.env["res.partner"].create(
                [
                    {"name": f"{count}-{number}", "is_company": True, "user_id": self.sale_a1.id}
                    for number in range(count)
                ]
            )
            contacts = self.env["res.partner"].create(
                [{"name": f"Buyer {partner.name}", "parent_id": partner.id} for partner in partners]
            )
            self.env["crm.lead"].create(
                [
                    {"name": "Lead", "partner_id": partner.id, "user_id": self.sale_a1.id}
                    for partner in contacts
                ]
            )
            partners.message_subscribe(self.sale_a1.partner_id.ids)
            handover = self.hand_over()
            self.assertEqual(handover.total_count, count)
            self.env.flush_all()
            self.env.invalidate_all()
            patched = patch.object(
                self.registry["incom.handover"]._next_lines, "__defaults__", (count,)
            )
            before = self.env.cr.sql_log_count
            with patched:
                self.assertEqual(handover._work_batch(), count)
            self.env.flush_all()
            self.assertEqual(handover.state, "done")
            return self.env.cr.sql_log_count - before

        few, many = queries(50), queries(500)
        self.assertLess(many, few * 3, (few, many))


@tagged("post_install", "-at_install")
class TestHandoverConcurrency(HandoverCase):
    def test_two_workers(self):
        """While one works on a handover another leaves it alone, and nobody undoes it under his hands."""
        self.make_customer()
        handover = self.hand_over()
        empty = handover.browse()
        with patch.object(
            self.registry["incom.handover"], "try_lock_for_update", lambda *a, **k: empty
        ):
            handover.state = "running"
            self.assertEqual(handover._work_batch(), 0)
        with (
            patch.object(
                self.registry["incom.handover"], "lock_for_update", side_effect=LockError("Busy")
            ),
            self.assertRaises(LockError),
        ):
            handover.action_undo()
