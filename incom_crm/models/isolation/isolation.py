"""Who sees what, in one place: rules, guards, the table people read and the tests come from here."""

from typing import NamedTuple

from odoo import api, models, tools
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...engine import visibility
from ...engine.calendar import company_today

SWITCH = "incom_crm.isolation"

SALESPERSON = "sales_team.group_sale_salesman"
BACK_OFFICE = "incom_crm.group_back_office"
SEES_ALL = ("incom_crm.group_director", "base.group_system")
ACCOUNTANT = ("account.group_account_invoice", "account.group_account_readonly")
STOCK = ("stock.group_stock_user",)
PURCHASE = ("purchase.group_purchase_user",)
USER_ADMINISTRATOR = ("base.group_erp_manager",)
HR = ("hr.group_hr_user",)

SALE_TYPES = ("out_invoice", "out_refund", "out_receipt")


class Isolated(NamedTuple):
    """How a model is isolated.

    :param builder: name of the method of ``incom.isolation`` that builds the domain
    :param roles: groups that stay outside when they are not salespeople
    :param writing_roles: the same for writing, creating and deleting, where it differs
    :param back_office: whether the back office reads all of it
    """

    builder: str
    roles: tuple = ()
    writing_roles: tuple | None = None
    back_office: bool = False

    def roles_for(self, mode):
        if mode == visibility.READ or self.writing_roles is None:
            return self.roles
        return self.writing_roles


class Viewer(NamedTuple):
    """What a user sees on a day: see ``_viewer``."""

    user_id: int
    user_ids: tuple
    partner_ids: tuple
    led_team_ids: tuple
    shared: dict
    sees_unowned: bool
    is_salesperson: bool

    def shared_ids(self, model):
        return sorted(self.shared.get(model, ()))


ISOLATED = {
    "res.partner": Isolated(
        "_partner_domain",
        roles=ACCOUNTANT + STOCK + USER_ADMINISTRATOR + HR,
        writing_roles=ACCOUNTANT + USER_ADMINISTRATOR + HR,
        back_office=True,
    ),
    "res.partner.bank": Isolated("_by_partner_domain", roles=ACCOUNTANT, back_office=True),
    "crm.lead": Isolated("_lead_domain"),
    "crm.activity.report": Isolated("_report_domain"),
    "sale.order": Isolated("_order_domain", roles=ACCOUNTANT + STOCK, back_office=True),
    "sale.order.line": Isolated("_order_line_domain", roles=ACCOUNTANT + STOCK, back_office=True),
    "sale.report": Isolated("_report_domain", back_office=True),
    "account.move": Isolated("_move_domain", roles=ACCOUNTANT, back_office=True),
    "account.move.line": Isolated("_by_move_domain", roles=ACCOUNTANT, back_office=True),
    "account.move.send.wizard": Isolated("_by_move_domain", roles=ACCOUNTANT),
    "account.move.send.batch.wizard": Isolated("_by_moves_domain", roles=ACCOUNTANT),
    "account.invoice.report": Isolated(
        "_invoice_report_domain", roles=ACCOUNTANT + PURCHASE, back_office=True
    ),
    "account.partial.reconcile": Isolated("_partial_domain", roles=ACCOUNTANT + PURCHASE),
    "account.payment": Isolated("_by_optional_partner_domain", roles=ACCOUNTANT),
    "account.analytic.account": Isolated("_by_optional_partner_domain", roles=ACCOUNTANT),
    "account.analytic.line": Isolated("_by_optional_partner_domain", roles=ACCOUNTANT),
    "product.attribute.custom.value": Isolated("_by_order_line_domain", roles=ACCOUNTANT),
    "payment.token": Isolated("_by_partner_domain", roles=ACCOUNTANT),
    "payment.transaction": Isolated("_by_partner_domain", roles=ACCOUNTANT),
    "calendar.event": Isolated("_event_domain"),
    "calendar.attendee": Isolated("_attendee_domain"),
    "calendar.recurrence": Isolated("_by_base_event_domain"),
    "calendar.filters": Isolated("_calendar_filter_domain"),
    "incom.meeting.report": Isolated("_meeting_report_domain"),
    "mail.notification": Isolated("_notification_domain"),
    "incom.money.line": Isolated("_money_domain", roles=ACCOUNTANT, back_office=True),
    "incom.customer.profile": Isolated("_profile_domain", roles=ACCOUNTANT, back_office=True),
    "incom.customer.pin": Isolated("_by_partner_domain"),
    "incom.approach.level.log": Isolated("_by_partner_domain"),
    "incom.interaction": Isolated("_by_partner_domain"),
    "incom.care.alert": Isolated("_by_partner_domain"),
    "incom.target": Isolated("_target_domain"),
    "incom.work.report": Isolated("_work_domain"),
    "incom.collection.report": Isolated("_collection_domain", roles=ACCOUNTANT, back_office=True),
    "incom.day.report": Isolated("_day_report_domain"),
    "incom.customer.share": Isolated("_share_domain"),
    "incom.visibility.grant": Isolated("_grant_domain", roles=USER_ADMINISTRATOR),
}


class Isolation(models.AbstractModel):
    """Two colleagues of one level never see each other's customers; superiors see all below them."""

    _name = "incom.isolation"
    _description = "Isolation"

    @api.model
    def _isolated_models(self):
        """``{model name: Isolated}``; other addons add theirs."""
        return {name: how for name, how in ISOLATED.items() if name in self.env}

    # -- whom it concerns -------------------------------------------------------------------------

    @api.model
    def _is_on(self):
        # sudo: whether it is on holds for everybody
        return self.env["ir.config_parameter"].sudo().get_param(SWITCH) == "on"

    @api.model
    def _switch(self, on, note=False):
        """Switch isolation on or off; it counts from everybody's next request on.

        :param note: what was decided along with it, for the log
        """
        # sudo: whoever may call the wizard that asks for it
        self.env["ir.config_parameter"].sudo().set_param(SWITCH, "on" if on else "off")
        self.env["incom.visibility.event"]._changed()
        self.env["incom.isolation.log"]._write_down(on, note)

    @api.model
    def _restricts(self, user=None):
        """Whether isolation concerns the user (default: the current one) at all.

        Portal and public users keep core's rules; directors and administrators see everything.
        """
        if user is None:
            if self.env.su:
                return False
            user = self.env.user
        return not user.share and self._is_on() and not self._sees_all(user)

    @api.model
    def _sees_all(self, user):
        """Directors and administrators see everything."""
        return any(user.has_group(group) for group in SEES_ALL)

    @api.model
    def _has_back_office(self, user):
        return user.has_group(BACK_OFFICE)

    @api.model
    def _is_exempt(self, user, how, mode):
        """Whether the user's role in another app keeps a model as core shows it.

        Who sells as well is a salesperson, unless given the back office on purpose.
        """
        back_office = self._has_back_office(user)
        if back_office and how.back_office and mode == visibility.READ:
            return True
        if user.has_group(SALESPERSON) and not back_office:
            return False
        return any(user.has_group(group) for group in how.roles_for(mode))

    # -- what a user sees -------------------------------------------------------------------------

    @api.model
    def _today(self, user=None):
        """Today where the user works: grants and shares begin and end with his company's days."""
        return company_today((user or self.env.user).sudo().company_id)

    @api.model
    def _user_ids(self, user, mode=visibility.READ):
        """Ids of the users whose customers ``user`` sees today (write: may change), himself among them."""
        return self._viewer(user, mode).user_ids

    @api.model
    def _viewer(self, user, mode):
        stamp, today = self.env["incom.visibility.event"]._stamp(user.id)
        return self._viewer_of(user.id, mode, stamp, today)

    @api.model
    @tools.ormcache("user_id", "mode", "stamp", "today")
    def _viewer_of(self, user_id, mode, stamp, today):
        self.env["res.users"].flush_model(["crm_manager_id"])
        self.env["incom.visibility.grant"].flush_model()
        rows = self.env.execute_query(visibility.seen_by(user_id, today, mode, self._tree()))
        user_ids = tuple(row[0] for row in rows)
        # sudo: ids for the domain of a rule
        env = self.sudo().with_context(active_test=False).env
        users = env["res.users"].browse(user_ids)
        user = env["res.users"].browse(user_id)
        return Viewer(
            user_id=user_id,
            user_ids=user_ids,
            partner_ids=tuple(users.partner_id.ids),
            led_team_ids=tuple(env["crm.team"].search([("user_id", "in", user_ids)]).ids),
            shared=env["incom.customer.share"]._shared_ids(user_ids, today, mode),
            sees_unowned=self._sees_unowned(user),
            is_salesperson=user.has_group(SALESPERSON),
        )

    @api.model
    def _tree(self):
        """The tree of superiors, as the engine takes it."""
        return visibility.tree()

    @api.model
    def _has_people_below(self, user):
        # sudo: whether anybody works below
        return bool(user.sudo().crm_subordinate_ids)

    @api.model
    def _sees_unowned(self, user):
        """Whether customers without salesperson are shown: to all who sell, or to superiors, by setting."""
        constants = self.env["incom.crm.parameter"]._values()
        if not user.has_group(SALESPERSON):
            return False
        if constants["unowned_for_everybody"]:
            return True
        return bool(constants["unowned_for_superiors"]) and self._has_people_below(user)

    @api.model
    def _without_owner(self, vals, field):
        """Values as a caller may give them: whose customer it is follows from the salesperson alone."""
        if self.env.su or field not in vals:
            return vals
        return {name: value for name, value in vals.items() if name != field}

    @api.model
    def _check_may_give(self, model, user_id):
        """Records are handed over by a superior: nobody gives his own away, nor drops them.

        :param user_id: the salesperson to be; falsy: none
        :raise AccessError: where it is nobody the current user stands above
        """
        user = self.env.user
        if self.env.su or not self._restricts(user):
            return
        if self._is_exempt(user, self._isolated_models()[model], visibility.WRITE):
            return
        viewer = self._viewer(user, visibility.WRITE)
        if user_id in viewer.user_ids or (not user_id and viewer.sees_unowned):
            return
        raise AccessError(
            self.env._(
                "Only a superior hands records over to somebody who does not work below you."
                " Ask your superior to hand this one over."
            )
        )

    # -- the domains ------------------------------------------------------------------------------

    @api.model
    def _domain(self, user, model, mode):
        """What the global rule of a model leaves to a user.

        :param mode: ``read``, ``write``, ``create`` or ``unlink``
        """
        how = self._isolated_models()[model]
        if not self._restricts(user) or self._is_exempt(user, how, mode):
            return Domain.TRUE
        return self._built(user, how, mode)

    @api.model
    def _widening(self, user, model, mode):
        """What the sales groups' rule of a model opens beside core's "own documents": those below.

        Who sells and is of the back office as well reads all, which "own documents" would forbid.
        """
        if not self._restricts(user):
            return Domain.FALSE
        how = self._isolated_models()[model]
        if mode == visibility.READ and self._is_exempt(user, how, mode):
            return Domain.TRUE
        return self._built(user, how, mode)

    def _built(self, user, how, mode):
        viewer = self._viewer(
            user, visibility.READ if mode == visibility.READ else visibility.WRITE
        )
        return Domain(getattr(self, how.builder)(viewer, mode))

    def _partner_domain(self, viewer, mode):
        return Domain.OR(self._partner_parts(viewer, mode).values())

    def _partner_parts(self, viewer, mode):
        """Contacts: colleagues and companies, customers of those below, what is shared.

        Who does not sell keeps what he entered himself; suppliers are the purchase department's.

        :return: what opens a contact, ``{reason: Domain}``: one that holds is enough
        """
        parts = {"owner": Domain("owner_id", "in", viewer.user_ids)}
        if viewer.sees_unowned:
            parts["unowned"] = Domain("owner_id", "=", False)
        if shared := viewer.shared_ids("res.partner"):
            parts["shared"] = Domain("commercial_partner_id", "in", shared)
        # sudo: the viewer's roles and own contact
        user = self.env["res.users"].browse(viewer.user_id).sudo()
        if not viewer.is_salesperson:
            if mode == "create":
                return {"entered": Domain.TRUE}
            parts["entered"] = Domain("create_uid", "=", viewer.user_id)
            if any(user.has_group(group) for group in PURCHASE):
                parts["supplier"] = Domain("supplier_rank", ">", 0)
        if mode != visibility.READ:
            return parts | {"own_contact": Domain("id", "=", user.partner_id.id)}
        # sudo: ids of the companies' own contacts
        companies = self.env["res.company"].sudo().search([]).partner_id
        return parts | {
            "colleague": Domain("partner_share", "=", False),
            "employee": Domain("employee", "=", True),
            "company": Domain("commercial_partner_id", "in", companies.ids),
        }

    def _document_domain(self, viewer, mode, model, user_field="user_id"):
        return Domain.OR(self._document_parts(viewer, mode, model, user_field).values())

    def _document_parts(self, viewer, mode, model, user_field="user_id"):
        """Leads, orders, invoices: of those below; for reading also all of a customer of those below.

        What has no salesperson is for the leader of its team and for who sees unowned customers.

        :return: what opens a document, ``{reason: Domain}``: one that holds is enough
        """
        parts = {"salesperson": Domain(user_field, "in", viewer.user_ids)}
        if viewer.sees_unowned:
            nobodys = Domain("customer_owner_id", "=", False)
            parts["unowned"] = Domain(user_field, "=", False) & nobodys
        elif viewer.led_team_ids:
            of_team = Domain("team_id", "in", viewer.led_team_ids)
            parts["team"] = Domain(user_field, "=", False) & of_team
        if mode == visibility.READ:
            parts["customer"] = Domain("customer_owner_id", "in", viewer.user_ids)
        if shared := viewer.shared_ids(model):
            parts["shared"] = Domain("id", "in", shared)
        return parts

    def _lead_domain(self, viewer, mode):
        return self._document_domain(viewer, mode, "crm.lead")

    def _order_domain(self, viewer, mode):
        return self._document_domain(viewer, mode, "sale.order")

    def _order_line_domain(self, viewer, mode):
        return Domain("order_id", "any", self._order_domain(viewer, mode))

    def _by_order_line_domain(self, viewer, mode):
        lines = Domain("sale_order_line_id", "any", self._order_line_domain(viewer, mode))
        return Domain("sale_order_line_id", "=", False) | lines

    def _report_domain(self, viewer, mode):
        """Rows of a report on documents: no shared ones, which are opened one by one."""
        return self._document_domain(viewer, mode, None)

    def _move_domain(self, viewer, mode):
        return Domain.OR(self._move_parts(viewer, mode).values())

    def _move_parts(self, viewer, mode):
        """What is sold is isolated; purchases and entries are left to core's rules.

        Who sells beside keeping books: not those entries that name somebody else's customer, as payments do.
        """
        documents = self._document_parts(viewer, mode, "account.move", "invoice_user_id")
        not_sold = Domain("move_type", "not in", SALE_TYPES)
        if viewer.is_salesperson:
            not_sold &= Domain("customer_owner_id", "in", [False, *viewer.user_ids])
        return {"not_sold": not_sold, **documents}

    def _by_move_domain(self, viewer, mode):
        return Domain("move_id", "any", self._move_domain(viewer, mode))

    def _by_moves_domain(self, viewer, mode):
        return ~Domain("move_ids", "any", ~self._move_domain(viewer, mode))

    def _invoice_report_domain(self, viewer, mode):
        documents = self._document_domain(viewer, mode, None, "invoice_user_id")
        return Domain("move_type", "not in", SALE_TYPES) | documents

    def _partial_domain(self, viewer, mode):
        """Payments of invoices; an entry without a salesperson of its own opens nothing."""
        documents = self._document_domain(viewer, mode, "account.move", "invoice_user_id")
        documents &= Domain("move_type", "in", SALE_TYPES)
        return Domain("debit_move_id.move_id", "any", documents) | Domain(
            "credit_move_id.move_id", "any", documents
        )

    def _calendar_filter_domain(self, viewer, mode):
        """Whose calendars somebody laid over his own; core shows everybody's to everybody."""
        return Domain("user_id", "in", viewer.user_ids)

    def _notification_domain(self, viewer, mode):
        return Domain("author_id", "in", viewer.partner_ids) | Domain(
            "res_partner_id", "in", viewer.partner_ids
        )

    def _by_partner_domain(self, viewer, mode):
        return Domain("partner_id", "any", self._partner_domain(viewer, mode))

    def _by_optional_partner_domain(self, viewer, mode):
        return Domain("partner_id", "=", False) | self._by_partner_domain(viewer, mode)

    def _profile_domain(self, viewer, mode):
        return Domain.OR(self._profile_parts(viewer).values())

    def _profile_parts(self, viewer):
        """The profile carries its owner, so that a list of customers needs no join."""
        parts = {"owner": Domain("user_id", "in", viewer.user_ids)}
        if viewer.sees_unowned:
            parts["unowned"] = Domain("user_id", "=", False)
        if shared := viewer.shared_ids("res.partner"):
            parts["shared"] = Domain("partner_id", "in", shared)
        return parts

    def _money_domain(self, viewer, mode):
        """Money of one's customers, and of one's own documents; nobody's is for who sees unowned customers."""
        domain = Domain("owner_id", "in", viewer.user_ids) | Domain(
            "user_id", "in", viewer.user_ids
        )
        if viewer.sees_unowned:
            # entries that name no customer are for who sees all; a lead may have none yet
            named = Domain("partner_id", "!=", False) | Domain("box", "=", "m1")
            domain |= Domain("owner_id", "=", False) & Domain("user_id", "=", False) & named
        return domain

    def _collection_domain(self, viewer, mode):
        """Money that came in from one's customers; what names no customer is for who sees all."""
        return Domain("partner_id", "!=", False) & self._profile_domain(viewer, mode)

    def _share_domain(self, viewer, mode):
        """Shares given by those below or of their customers; also what is lent to them, as long as it is."""
        given = Domain("create_uid", "in", viewer.user_ids)
        given |= Domain("partner_id", "any", [("owner_id", "in", viewer.user_ids)])
        if mode != visibility.READ:
            return given
        lasting = Domain("date_to", "=", False) | Domain("date_to", ">=", "today")
        lent = Domain("user_id", "in", viewer.user_ids) & Domain("active", "=", True)
        return given | (lent & lasting)

    def _grant_domain(self, viewer, mode):
        people = ("create_uid", "user_id", "target_id")
        return Domain.OR(Domain(name, "in", viewer.user_ids) for name in people)
