from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError

from .test_handover import HandoverCase


class TestHandoverUndo(HandoverCase):
    def test_undo_restores_exactly(self):
        world = self.make_world()
        teams = self.env["crm.team"].create(
            [
                {"name": "One", "member_ids": [Command.set(self.sale_a1.ids)]},
                {"name": "Two", "member_ids": [Command.set(self.sale_a2.ids)]},
            ]
        )
        world["lead"].write({"team_id": teams[0].id, "date_open": self.at(self.days_ago(5))})
        world["quotation"].team_id = teams[0]
        seat = world["meeting"].attendee_ids.filtered(
            lambda seat: seat.partner_id == self.sale_a1.partner_id
        )
        seat.state = "tentative"
        note = self.env.ref("mail.mt_note")
        following = world["customer"].message_follower_ids.filtered(
            lambda row: row.partner_id == self.sale_a1.partner_id
        )
        following.subtype_ids = note
        before = self.people_of(world)
        handover = self.hand_over()
        self.assertEqual(world["lead"].team_id, teams[1])
        self.assertEqual(world["quotation"].team_id, teams[1])
        handover.with_user(self.leader_a).action_undo()
        self.assertEqual(handover.state, "undone")
        self.assertEqual(self.people_of(world), before)
        self.assertEqual(world["lead"].team_id, teams[0])
        self.assertEqual(world["quotation"].team_id, teams[0])
        self.assertEqual(world["lead"].date_open, self.at(self.days_ago(5)))
        seat = world["meeting"].attendee_ids.filtered(
            lambda seat: seat.partner_id == self.sale_a1.partner_id
        )
        self.assertEqual(seat.state, "tentative")
        following = world["customer"].message_follower_ids.filtered(
            lambda row: row.partner_id == self.sale_a1.partner_id
        )
        self.assertEqual(following.subtype_ids, note)
        self.assertFalse(handover.line_ids.filtered(lambda line: line.state != "undone"))

    def test_who_was_there_before_stays(self):
        """A new salesperson who followed and attended already goes on after an undo."""
        world = self.make_world()
        partner = self.leader_a.partner_id
        world["customer"].message_subscribe(partner.ids)
        world["meeting"].partner_ids |= partner
        before = self.people_of(world)
        self.hand_over(to=self.leader_a).action_undo()
        self.assertEqual(self.people_of(world), before)

    def test_later_changes_are_kept(self):
        moved_on, restored = self.make_world("Moved on"), self.make_world("Restored")
        handover = self.hand_over()
        moved_on["customer"].user_id = self.leader_a
        restored["lead"].user_id = self.leader_a
        restored["quotation"].team_id = self.env["crm.team"].create({"name": "Chosen since"})
        handover.with_user(self.leader_a).action_undo()
        people = self.people_of(moved_on)
        self.assertEqual(people["customer"], self.leader_a)
        for kind in ("lead", "quotation", "meeting", "activity"):
            self.assertEqual(people[kind], self.sale_a2, "what went with him stays with him")
        self.assertNotIn(self.sale_a1.partner_id, people["followers"]["customer"])
        people = self.people_of(restored)
        self.assertEqual(people["customer"], self.sale_a1)
        self.assertEqual(people["lead"], self.leader_a)
        self.assertEqual(restored["quotation"].team_id.name, "Chosen since")
        kept = handover.line_ids.filtered(lambda line: line.state == "kept")
        self.assertIn(moved_on["customer"], kept.partner_id)
        self.assertIn(
            ("lead", restored["lead"].id), kept.mapped(lambda line: (line.kind, line.res_id))
        )
        self.assertEqual(handover.left_count, len(kept))

    def test_deleted_since(self):
        world = self.make_world()
        handover = self.hand_over()
        world["lead"].unlink()
        handover.action_undo()
        self.assertEqual(world["customer"].user_id, self.sale_a1)
        line = handover.line_ids.filtered(lambda line: line.kind == "lead")
        self.assertEqual((line.state, line.record_name), ("kept", f"#{line.res_id}"))

    def test_too_late(self):
        self.make_customer()
        handover = self.hand_over()
        handover.date_done -= timedelta(days=1, minutes=1)
        self.assertFalse(handover.can_undo)
        with self.assertRaisesRegex(UserError, "too late"):
            handover.action_undo()
        parameter = self.env.ref("incom_crm.parameter_handover_undo_days")
        parameter.value = 2
        handover.invalidate_recordset()
        handover.action_undo()
        self.assertEqual(handover.state, "undone")

    def test_undone_once(self):
        self.make_customer()
        handover = self.hand_over()
        handover.action_undo()
        with self.assertRaises(UserError):
            handover.action_undo()
