from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ....engine import handover as query
from ....engine import visibility
from ...isolation.isolation import SEES_ALL

STATES = [
    ("running", "Running"),
    ("done", "Done"),
    ("undoing", "Being Undone"),
    ("undone", "Undone"),
]
OPEN_STATES = ("running", "undoing")
# How many people are named in a handover's title.
NAMED = 3


class Handover(models.Model):
    """Customers given to other salespeople in bulk: who, when, why, how far it is, and the way back.

    Every record that changes hands is a line, written before anything moves; whatever interrupts the
    work, it goes on with the lines that wait.
    """

    _name = "incom.handover"
    _description = "Handover of Customers"
    _order = "id desc"

    user_id = fields.Many2one("res.users", "Handed Over by", required=True, readonly=True)
    date = fields.Datetime("Started on", required=True, readonly=True)
    date_done = fields.Datetime("Done on", readonly=True)
    undone_by_id = fields.Many2one("res.users", "Undone by", readonly=True)
    giver_ids = fields.Many2many(
        "res.users",
        "incom_handover_giver_rel",
        string="From",
        readonly=True,
        context={"active_test": False},
    )
    receiver_ids = fields.Many2many(
        "res.users",
        "incom_handover_receiver_rel",
        string="To",
        readonly=True,
        context={"active_test": False},
    )
    reason = fields.Char(required=True, readonly=True)
    criteria = fields.Char("Chosen by", readonly=True, help="How the customers were chosen.")
    state = fields.Selection(STATES, required=True, readonly=True)
    archives_givers = fields.Boolean(
        "Archive Them Afterwards",
        readonly=True,
        help="Who gave is archived when all is handed over.",
    )
    line_ids = fields.One2many("incom.handover.line", "handover_id", "Records", readonly=True)
    total_count = fields.Integer("Customers", readonly=True)
    done_count = fields.Integer("Worked Off", readonly=True)
    progress = fields.Float(compute="_compute_progress", help="Per cent of the customers.")
    left_count = fields.Integer("Left as They Are", compute="_compute_left_count")
    summary = fields.Char(compute="_compute_summary")
    undo_until = fields.Datetime(compute="_compute_undo_until")
    can_undo = fields.Boolean(compute="_compute_undo_until")

    @api.depends("giver_ids", "receiver_ids")
    def _compute_display_name(self):
        for handover in self:
            givers, receivers = (
                ", ".join(users[:NAMED].mapped("name")) + (", …" if len(users) > NAMED else "")
                # sudo: the names of colleagues, archived or not
                for users in (handover.sudo().giver_ids, handover.sudo().receiver_ids)
            )
            handover.display_name = f"{givers or '—'} → {receivers}"

    @api.depends("done_count", "total_count")
    def _compute_progress(self):
        for handover in self:
            handover.progress = 100.0 * handover.done_count / (handover.total_count or 1)

    def _line_counts(self, by):
        """``{handover: {value of the field: number of lines}}``"""
        counts = {handover: {} for handover in self}
        for handover, value, count in self.env["incom.handover.line"]._read_group(
            [("handover_id", "in", self.ids)], ["handover_id", by], ["__count"]
        ):
            counts[handover][value] = count
        return counts

    @api.depends("line_ids.state")
    def _compute_left_count(self):
        for handover, counts in self._line_counts("state").items():
            handover.left_count = counts.get("skipped", 0) + counts.get("kept", 0)

    @api.depends("line_ids.kind")
    @api.depends_context("lang")
    def _compute_summary(self):
        counts = self._line_counts("kind")
        for handover in self:
            handover.summary = self._counts_text(counts[handover])

    @api.model
    def _counts_text(self, counts):
        """Numbers of records by kind, as one line of text; seats and followers go without saying."""
        words = [
            ("customer", self.env._("Customers: %(count)s", count=counts.get("customer", 0))),
            ("lead", self.env._("Open opportunities: %(count)s", count=counts.get("lead", 0))),
            ("quotation", self.env._("Quotations: %(count)s", count=counts.get("quotation", 0))),
            ("activity", self.env._("Activities: %(count)s", count=counts.get("activity", 0))),
            ("meeting", self.env._("Meetings: %(count)s", count=counts.get("meeting", 0))),
        ]
        return " · ".join(text for kind, text in words if counts.get(kind))

    @api.depends("date_done", "state")
    def _compute_undo_until(self):
        days = self.env["incom.crm.parameter"]._get("handover_undo_days")
        now = fields.Datetime.now()
        for handover in self:
            handover.undo_until = handover.date_done and fields.Datetime.add(
                handover.date_done, days=days
            )
            handover.can_undo = handover.state == "running" or (
                handover.state == "done" and now <= handover.undo_until
            )

    # -- who may ----------------------------------------------------------------------------------

    @api.model
    def _people_ids(self):
        """Users among whom the current user may hand customers over; None: among all.

        Superiors, and who stands in for one, among themselves and those below; directors and
        administrators among everybody. A stand-in for a colleague is no superior.
        """
        user = self.env.user
        if self.env.su or any(user.has_group(group) for group in SEES_ALL):
            return None
        tree = self.env["incom.isolation"]._user_ids(user, visibility.WRITE)
        # sudo: whether anybody in the tree stands below another
        below = (
            self.env["res.users"]
            .sudo()
            .with_context(active_test=False)
            .search_count([("id", "in", tree), ("crm_manager_id", "in", tree)], limit=1)
        )
        return frozenset(tree) if below else frozenset()

    @api.model
    def _check_people(self, users):
        """
        :raise AccessError: when the current user is not the superior of all these users
        """
        people = self._people_ids()
        if people is not None and (not people or not people.issuperset(users.ids)):
            raise AccessError(
                self.env._(
                    "Customers are handed over by a superior of everybody concerned, the former and"
                    " the new salesperson. Ask your superior."
                )
            )

    # -- start ------------------------------------------------------------------------------------

    @api.model
    def _start(self, choice, reason, criteria=False, archives_givers=False):
        """Write down what changes hands, and hand it over: at once, or by the job where it is much.

        :param choice: ``engine.handover.Choice``
        :raise AccessError: when the current user may not
        :raise UserError: when a receiver is not at work, or nothing would change hands
        """
        users = self.env["res.users"].with_context(active_test=False)
        receivers = users.browse(choice.receiver_ids)
        givers = users.browse(choice.giver_ids)
        self._check_people(receivers | givers)
        if archives_givers:
            givers.check_access("write")
        # sudo: of colleagues, whether they are at work; the log is written by the system alone
        if receivers.sudo().filtered(lambda user: user.share or not user.active):
            raise UserError(self.env._("Customers are handed over to colleagues at work only."))
        handover = self.sudo().create(
            {
                "user_id": self.env.uid,
                "date": fields.Datetime.now(),
                "receiver_ids": [Command.set(receivers.ids)],
                "reason": reason,
                "criteria": criteria,
                "state": "running",
                "archives_givers": archives_givers,
            }
        )
        handover._write_down(choice)
        # whose customers they are in fact, however they were chosen
        self._check_people(handover.giver_ids)
        if handover.total_count:
            handover._work_or_queue()
        elif archives_givers:
            handover._finish()
        else:
            raise UserError(self.env._("Nothing changes hands: choose other customers or people."))
        return self.browse(handover.id)

    def _write_down(self, choice):
        """The lines, by one statement, however many; and whose customers they are."""
        self.env.flush_all()
        self.env.cr.execute(query.write_down(choice, self.id))
        self.invalidate_recordset()
        lines, mine = self.env["incom.handover.line"], [("handover_id", "=", self.id)]
        olds = [old.id for (old,) in lines._read_group(mine, ["old_user_id"]) if old]
        [(total,)] = lines._read_group(mine, aggregates=["sequence:count_distinct"])
        self.write({"giver_ids": [Command.set([*olds, *choice.giver_ids])], "total_count": total})

    # -- buttons ----------------------------------------------------------------------------------

    def action_undo(self):
        """Give everything back that nobody changed since.

        :raise AccessError: when the current user is not the superior of all concerned
        :raise UserError: when it is too late
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: who is concerned, archived or not
        self._check_people(self.sudo().giver_ids | self.sudo().receiver_ids)
        # sudo: the log is written by the system alone
        self.sudo()._undo(self.env.user)
        return True

    def _undo(self, user):
        self.lock_for_update(allow_referencing=True)
        if not self.can_undo:
            raise UserError(
                self.env._("It is too late to undo this handover: hand the customers over again.")
            )
        lines = self.env["incom.handover.line"]
        lines.search([("handover_id", "=", self.id), ("state", "=", "waiting")]).state = "skipped"
        [(total,)] = lines._read_group(
            [("handover_id", "=", self.id), ("state", "=", "done")],
            aggregates=["sequence:count_distinct"],
        )
        self.write(
            {"state": "undoing", "undone_by_id": user.id, "total_count": total, "done_count": 0}
        )
        self._work_or_queue()

    def action_refresh(self):
        """Nothing to do: the form reads the progress again."""
        return True

    def action_show_lines(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("incom_crm.handover_line_action")
        return {**action, "domain": [("handover_id", "=", self.id)]}
