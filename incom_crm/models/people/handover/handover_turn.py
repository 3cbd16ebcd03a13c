import json
import logging
from datetime import datetime

from psycopg2 import IntegrityError

from odoo import Command, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

# Kinds whose records have a responsible, in the order of their turn: who gets a document sees its
# customer already. The meeting takes its activities along.
OWNED = ("customer", "contact", "lead", "quotation", "meeting", "activity")
# What core changes together with the salesperson.
BESIDES = {"crm.lead": ("company_id", "date_open", "team_id"), "sale.order": ("team_id",)}


class HandoverLine(models.Model):
    """Turning lines over, there and back: the same work with the two people exchanged."""

    _inherit = "incom.handover.line"

    def _turn_safely(self, back):
        """Turn the lines over; a customer with whom something is wrong is left, the others move."""
        try:
            with self.env.cr.savepoint():
                self._turn(back)
        except (UserError, IntegrityError) as error:
            customers = self.grouped("sequence")
            if len(customers) > 1:
                for lines in customers.values():
                    lines._turn_safely(back)
                return
            _logger.warning("Customer %s is not handed over: %s", self.partner_id.ids, error)
            self.write({"state": self._left(back), "problem": str(error)})

    def _turn(self, back):
        held = self._held(back)
        held.state = self._left(back)
        kinds = (self - held).grouped("kind")
        for kind in OWNED:
            kinds.get(kind, self.browse())._turn_owners(back)
        kinds.get("guest", self.browse())._turn_guests(back)
        kinds.get("follower", self.browse())._turn_followers(back)
        kinds.get("customer", self.browse())._take_leave(back)

    def _take_leave(self, back):
        """What else somebody loses with a customer, such as news he has not read yet."""
        isolation = self.env["incom.isolation"].with_context(incom_handover=False)
        leaver, arriver = self._sides(back)
        for (former, successor), lines in self.grouped(
            lambda line: (line[leaver], line[arriver])
        ).items():
            if former:
                isolation._take_leave_of_customers(former, lines._records(), successor)

    @staticmethod
    def _sides(back):
        """Names of the fields of who leaves and who arrives."""
        return ("new_user_id", "old_user_id") if back else ("old_user_id", "new_user_id")

    @staticmethod
    def _turned(back):
        return "undone" if back else "done"

    @staticmethod
    def _left(back):
        return "kept" if back else "skipped"

    def _records(self):
        """The records behind lines of one model, as far as they still exist."""
        return self.env[self[:1].res_model].browse(self.mapped("res_id")).exists()

    def _held(self, back):
        """Lines of customers whose salesperson somebody changed: all that is theirs stays there too."""
        heads = self.filtered(
            lambda line: line.kind == "customer" or (line.kind == "lead" and not line.partner_id)
        )
        held = set(heads._changed_since().mapped("sequence"))
        return self.filtered(lambda line: line.sequence in held)

    def _changed_since(self):
        """Lines whose record is gone, or belongs to neither of the two any more."""
        changed = []
        for lines in self.grouped("res_model").values():
            user_ids = {record.id: record.user_id.id for record in lines._records()}
            changed += [
                line.id
                for line in lines
                # None: gone; False: nobody's
                if user_ids.get(line.res_id) not in (line.old_user_id.id, line.new_user_id.id)
            ]
        return self.browse(changed)

    # -- responsibles -----------------------------------------------------------------------------

    def _turn_owners(self, back):
        """Change who is responsible for the records of one kind, by one write per person."""
        changed = self._changed_since()
        changed.state = self._left(back)
        todo = self - changed
        _leaver, arriver = self._sides(back)
        for user, lines in todo.grouped(arriver).items():
            records = lines._records()
            before = self._besides(records)
            records.write({"user_id": user.id})
            if back:
                lines._restore_besides(before)
            else:
                lines._remember_besides(before, self._besides(records))
        todo.state = self._turned(back)

    def _besides(self, records):
        """``{id: {field: plain value}}`` of what core changes with the salesperson."""
        names = BESIDES.get(records._name)
        return {
            values.pop("id"): {
                name: fields.Datetime.to_string(value) if isinstance(value, datetime) else value
                for name, value in values.items()
                if name != "id"
            }
            for values in (records.read(names, load=None) if names else ())
        }

    def _remember_besides(self, before, after):
        for line in self.filtered(lambda line: line.res_id in before):
            old, new = before[line.res_id], after[line.res_id]
            line.besides = {name: [old[name], new[name]] for name in old if old[name] != new[name]}

    def _restore_besides(self, current):
        """Give back what changed with the salesperson, except where somebody changed it since."""
        groups = {}
        for line in self:
            values = {
                name: old
                for name, (old, new) in (line.besides or {}).items()
                if current[line.res_id][name] == new
            }
            if values:
                groups.setdefault(json.dumps(values, sort_keys=True), []).append(line.id)
        for values, line_ids in groups.items():
            self.browse(line_ids)._records().write(json.loads(values))

    # -- seats in meetings ------------------------------------------------------------------------

    def _turn_guests(self, back):
        """Exchange the two people among the guests of meetings; an answer given comes back with them."""
        leaver, arriver = self._sides(back)
        for pair, lines in self.grouped(lambda line: (line[leaver], line[arriver])).items():
            leaving, arriving = (user.partner_id for user in pair)
            events = lines._records()
            if not back:
                lines._remember_answers(events, leaving)
            lacking = events.filtered(lambda event, new=arriving: new not in event.partner_ids)
            leave = [Command.unlink(partner.id) for partner in leaving]
            arrive = [Command.link(partner.id) for partner in arriving]
            lacking.write({"partner_ids": leave + arrive})
            (events - lacking).write({"partner_ids": leave})
            if back:
                lines._restore_answers(events, arriving)
        self.state = self._turned(back)

    def _remember_answers(self, events, partner):
        answers = {
            attendee.event_id.id: attendee.state
            for attendee in events.attendee_ids
            if attendee.partner_id == partner
        }
        for line in self.filtered(lambda line: line.res_id in answers):
            line.besides = {"state": answers[line.res_id]}

    def _restore_answers(self, events, partner):
        seats = events.attendee_ids.filtered(lambda attendee: attendee.partner_id == partner)
        answers = {line.res_id: (line.besides or {}).get("state") for line in self}
        for answer, attendees in seats.grouped(lambda seat: answers.get(seat.event_id.id)).items():
            if answer:
                attendees.state = answer

    # -- followers --------------------------------------------------------------------------------

    def _turn_followers(self, back):
        """The one who leaves follows no more; the one who arrives follows the same kinds of message."""
        leaver, arriver = self._sides(back)
        followers = self._followers()
        gone, new = self.env["mail.followers"], []
        for line in self:
            document = (line.res_model, line.res_id)
            leaving = followers.get((*document, line[leaver].partner_id.id))
            arriving = line[arriver].partner_id
            if leaving:
                gone |= leaving
                if not back:
                    line.besides = {"subtype_ids": leaving.subtype_ids.ids}
            subtype_ids = (line.besides or {}).get("subtype_ids")
            if not arriving or subtype_ids is None:
                continue
            if there := followers.get((*document, arriving.id)):
                there.subtype_ids = [Command.set(subtype_ids)]
            else:
                new.append(self._prepare_follower(*document, arriving, subtype_ids))
        gone.unlink()
        gone.create(new)
        self.state = self._turned(back)

    def _followers(self):
        """``{(model, id, partner id): follower}`` of the lines' records and people."""
        partners = (self.old_user_id | self.new_user_id).partner_id
        followers = self.env["mail.followers"]
        for model, lines in self.grouped("res_model").items():
            followers |= followers.search(
                [
                    ("res_model", "=", model),
                    ("res_id", "in", lines.mapped("res_id")),
                    ("partner_id", "in", partners.ids),
                ]
            )
        return {(row.res_model, row.res_id, row.partner_id.id): row for row in followers}

    def _prepare_follower(self, model, res_id, partner, subtype_ids):
        return {
            "res_model": model,
            "res_id": res_id,
            "partner_id": partner.id,
            "subtype_ids": [Command.set(subtype_ids)],
        }
