from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError, RedirectWarning
from odoo.fields import Domain
from odoo.tools import format_date

# Whether what was assigned is still work: the field that names the colleague, and what is open.
OPEN_WORK = {
    "crm.lead": ("user_id", [("active", "=", True), ("won_status", "=", "pending")]),
    "sale.order": ("user_id", [("state", "!=", "cancel"), ("invoice_status", "!=", "invoiced")]),
    "account.move": (
        "invoice_user_id",
        [("state", "!=", "cancel"), ("payment_state", "in", ("not_paid", "partial"))],
    ),
    "mail.activity": ("user_id", [("active", "=", True)]),
    "calendar.event": ("partner_ids.user_ids", [("active", "=", True), ("stop", ">=", "today")]),
}


class CustomerShare(models.Model):
    """Shares the system makes when work is assigned, and what is asked for between colleagues."""

    _inherit = "incom.customer.share"

    # -- what is told -----------------------------------------------------------------------------

    @api.model
    def _opening(self, record, viewer):
        """The running share that opens a record to a viewer the longest, his own before others'."""
        opened = Domain("res_model", "=", record._name) & Domain("res_id", "=", record.id)
        if record._name == "res.partner":
            opened = Domain("partner_id", "=", record.commercial_partner_id.id) | Domain(
                "res_id", "=", record.commercial_partner_id.id
            ) & Domain("res_model", "=", "res.partner")
        # sudo: through which share somebody sees what he sees
        shares = self.sudo().search(
            opened & Domain("user_id", "in", viewer.user_ids) & Domain(self._running_domain())
        )
        far = self._latest_day() + timedelta(days=1)
        return shares.sorted(
            lambda share: (share.user_id.id == viewer.user_id, share.date_to or far), reverse=True
        )[:1]

    @api.model
    def _told(self, record):
        """The running shares of a record the current user may know of, for its form."""
        record = self._whole(record)
        shares = self.search(
            Domain("res_model", "=", record._name)
            & Domain("res_id", "=", record.id)
            & Domain(self._running_domain())
        )
        modes = dict(self._fields["mode"]._description_selection(self.env))
        return [
            {
                "id": share.id,
                "user": share.user_id.name,
                "mode": modes[share.mode],
                "until": share.date_to and format_date(self.env, share.date_to),
                "reason": share.reason,
                "may_end": share.may_end,
            }
            for share in shares
        ]

    # -- work assigned from above -------------------------------------------------------------------

    @api.model
    def _open_for_work(self, record, colleague, source):
        """Open for reading what a colleague needs for work that is assigned to him from above.

        :param record: the customer or document he would not see
        :param source: what is assigned; the share holds while it is open
        :return: the share; none where the current user does not see the record, or is not above him
        """
        if not self._assigns_to(colleague) or not self._is_sharable(record._name):
            return self.browse()
        if not self.env["incom.isolation"]._opens(record, self.env.user):
            return self.browse()
        # a share for each piece of work, so that the end of one does not close the other
        if source and (known := self._of_sources(source)):
            whole = self._whole(record)
            known = known.filtered(
                lambda share: (
                    (share.res_model, share.res_id) == (whole._name, whole.id)
                    and share.user_id == colleague
                )
            )
            if known:
                return known
        # sudo: made by the system, with the document's name; who assigns was asked above
        return self.sudo().create(
            {
                "res_model": record._name,
                "res_id": self._whole(record).id,
                "user_id": colleague.id,
                "date_to": self._latest_day(),
                "reason": self.env._(
                    "For %(document)s", document=(source or record).sudo().display_name
                ),
                "automatic": True,
                "source_model": source._name,
                "source_id": source.id,
            }
        )

    @api.model
    def _assigns_to(self, colleague):
        """Whether the current user stands above a colleague; customers on the portal never do."""
        user, isolation = self.env.user, self.env["incom.isolation"]
        if user.share and not user._is_superuser():
            return False
        return isolation._sees_all(user) or colleague.id in isolation._user_ids(user, "write")

    @api.model
    def _needs_access(self, users):
        """Of these users those who might not see what the current one shows them."""
        isolation = self.env["incom.isolation"]
        # sudo: roles of colleagues
        others = users.sudo() - self.env.user
        return others.filtered(lambda user: user.active and isolation._restricts(user))

    @api.model
    def _require(self, record, colleagues, source=None):
        """See to it that colleagues may read a record they are called to.

        :param source: work assigned to them (an empty record: not written yet), for which a
            superior opens the record; None: they are only told of it, which takes a share on purpose
        :return: the automatic shares made
        :raise RedirectWarning: when it is to be shared with one of them first
        :raise AccessError: when the current user may not share it
        """
        # sudo: shares of the system, for the one who writes the work to name it in them
        made, isolation = self.sudo().browse(), self.env["incom.isolation"]
        for colleague in self._needs_access(colleagues):
            if isolation._opens(record, colleague, lent=False):
                continue
            share = self.browse()
            if source is not None:
                share = self._open_for_work(record, colleague, source)
            if not share and not self.env.su and not isolation._opens(record, colleague):
                self._refuse(record, colleague)
            made |= share
        return made

    @api.model
    def _refuse(self, record, colleague):
        # a name is served unchecked once somebody's sudo has read it
        record.check_access("read")
        names = {"user": colleague.name, "record": record.display_name}
        if not self._is_sharable(record._name):
            raise AccessError(
                self.env._("%(user)s does not see %(record)s, which cannot be shared.", **names)
            )
        isolation = self.env["incom.isolation"]
        may_share = self.has_access("create") and isolation._may_pass_on(record)
        if not may_share or not isolation._may_share_with_peers():
            raise AccessError(
                self.env._(
                    "%(user)s does not see %(record)s. Ask a superior to share it first.", **names
                )
            )
        raise RedirectWarning(
            self.env._(
                "%(user)s does not see %(record)s. Share it first, then try again.", **names
            ),
            self.env.ref("incom_crm.customer_share_wizard_action").id,
            self.env._("Share"),
            {
                "default_res_model": record._name,
                "default_res_id": record.id,
                "default_user_id": colleague.id,
            },
        )

    # -- as long as the work is open ----------------------------------------------------------------

    @api.model
    def _of_sources(self, sources):
        # sudo: the system's own shares
        return self.sudo().search(
            [
                ("source_model", "=", sources._name),
                ("source_id", "in", sources.ids),
                ("automatic", "=", True),
            ]
        )

    @api.model
    def _end_outdated(self, sources):
        """End automatic shares whose work is no longer that colleague's, or has another customer now."""
        shares = self._of_sources(sources)
        (shares - shares.filtered(lambda share: share._is_still_assigned())).action_end()

    def _is_still_assigned(self):
        assignee, _is_open = OPEN_WORK[self.source_model]
        source = self.env[self.source_model].browse(self.source_id)
        if not source.filtered_domain(Domain(assignee, "in", self.user_id.ids)):
            return False
        is_document = hasattr(source, "_salesperson_field")
        return not is_document or self._customer_of(source) == self.partner_id

    @api.model
    def _given_by(self, person, records):
        """What somebody shared of these customers or documents by hand."""
        name = "partner_id" if records._name == "res.partner" else "res_id"
        of_records = Domain(name, "in", records.ids)
        if name == "res_id":
            of_records &= Domain("res_model", "=", records._name)
        # sudo: to be ended with what was given
        return self.sudo().search(
            of_records & Domain("automatic", "=", False) & Domain("create_uid", "=", person.id)
        )

    def _still_needed(self):
        """Of automatic shares those whose document is still that colleague's open work."""
        needed = self.browse()
        for (model, user), shares in self.grouped(lambda s: (s.source_model, s.user_id)).items():
            if model in OPEN_WORK and model in self.env:
                assignee, is_open = OPEN_WORK[model]
                sources = self.env[model].search(
                    Domain(is_open)
                    & Domain(assignee, "in", user.ids)
                    & Domain("id", "in", shares.mapped("source_id"))
                )
                needed += shares.filtered(lambda s, ids=set(sources.ids): s.source_id in ids)
        return needed

    @api.model
    def _cron_renew(self):
        """Automatic shares hold on while the work is open, and run out once it is done."""
        latest = self._latest_day()
        running = self.search([("automatic", "=", True), *self._running_domain()])
        running.filtered(lambda s: s.date_to < latest)._still_needed().write({"date_to": latest})
