import { deserializeDateTime, serializeDate, toLocaleDateTimeString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { Component, onWillStart, useState } from "@odoo/owl";

const SAVE_AFTER = 600;
const PLACE_OPTIONS = { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 };

/**
 * A visit at a customer's, from the phone: arrive, note, quotation, next step, leave.
 *
 * What was entered is kept on the server while it is typed: after a reload the visit goes on.
 */
export class Visit extends Component {
    static template = "incom_crm.Visit";
    static components = { Layout, RecordSelector };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.customerDomain = [["customer_profile_id", "!=", false]];
        this.state = useState({
            visit: false,
            customer: false,
            types: [],
            note: "",
            typeId: false,
            place: "",
            step: { open: false, summary: "", date: this.tomorrow, saved: false },
            busy: false,
            error: "",
        });
        this.keepLater = useDebounced(() => this.attempt(() => this.keep()), SAVE_AFTER, {
            execBeforeUnmount: true,
        });
        onWillStart(() => this.attempt(() => this.load(this.props.action.context.active_id)));
    }

    get tomorrow() {
        return serializeDate(luxon.DateTime.now().plus({ days: 1 }));
    }

    get today() {
        return serializeDate(luxon.DateTime.now());
    }

    get arrived() {
        const moment = deserializeDateTime(this.state.visit.arrived);
        const at = this.state.visit.of_today
            ? moment.toLocaleString(luxon.DateTime.TIME_SIMPLE)
            : toLocaleDateTimeString(moment);
        return _t("Arrived at %s", at);
    }

    get canSaveStep() {
        const { summary, date } = this.state.step;
        return !this.state.busy && Boolean(summary.trim() && date);
    }

    /** Show the visit going on, else the customer about to be visited. */
    async load(customerId) {
        this.show(
            await this.orm.call("calendar.event", "incom_visit_current", [customerId || false])
        );
    }

    show({ visit, customer, types }) {
        Object.assign(this.state, {
            visit,
            customer,
            types,
            note: visit ? visit.note : "",
            typeId: visit ? visit.type_id : false,
            place: visit.has_place ? "known" : "",
        });
    }

    // -- arriving ---------------------------------------------------------------------------------

    async choose(customerId) {
        if (customerId) {
            await this.attempt(() => this.load(customerId));
        } else {
            this.state.customer = false;
        }
    }

    async arrive() {
        await this.attempt(async () => {
            this.show(
                await this.orm.call("calendar.event", "incom_visit_arrive", [
                    this.state.customer.id,
                ])
            );
            this.locate();
        });
    }

    /** The visit goes on without the place where the person, or the device, does not give it. */
    locate() {
        if (!navigator.geolocation) {
            this.state.place = "unknown";
            return;
        }
        this.state.place = "asked";
        navigator.geolocation.getCurrentPosition(
            ({ coords }) =>
                this.attempt(async () => {
                    await this.orm.call("calendar.event", "incom_visit_place", [
                        coords.latitude,
                        coords.longitude,
                        coords.accuracy,
                    ]);
                    this.state.place = "known";
                }),
            () => (this.state.place = "unknown"),
            PLACE_OPTIONS
        );
    }

    // -- during the visit -------------------------------------------------------------------------

    setType(typeId) {
        this.state.typeId = typeId;
        this.keepLater();
    }

    async keep() {
        if (this.state.visit) {
            await this.orm.call("calendar.event", "incom_visit_save", [
                this.state.note,
                this.state.typeId,
            ]);
        }
    }

    async openQuotation() {
        await this.attempt(async () => {
            await this.keep();
            const action = await this.orm.call("res.partner", "action_new_quotation", [
                [this.state.customer.id],
            ]);
            await this.action.doAction({ ...action, views: [[false, "form"]] });
        });
    }

    openCustomer() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: this.state.customer.id,
            views: [[false, "form"]],
        });
    }

    async saveStep() {
        const { step } = this.state;
        await this.attempt(async () => {
            await this.orm.call("res.partner", "incom_next_step", [
                [this.state.customer.id],
                step.summary.trim(),
                step.date,
            ]);
            Object.assign(step, { open: false, saved: true, summary: "", date: this.tomorrow });
        });
    }

    // -- leaving ----------------------------------------------------------------------------------

    async leave(outcome) {
        const { customer, note, typeId } = this.state;
        await this.attempt(async () => {
            await this.orm.call("calendar.event", "incom_visit_leave", [outcome, note, typeId]);
            this.notification.add(_t("The visit at %s is in the diary.", customer.name), {
                type: "success",
            });
            this.state.step = { open: false, summary: "", date: this.tomorrow, saved: false };
            await this.load(false);
        });
    }

    async discard() {
        await this.attempt(async () => {
            await this.orm.call("calendar.event", "incom_visit_discard", []);
            await this.load(this.state.customer.id);
        });
    }

    /** Whatever goes wrong is said on the page, and what was entered stays. */
    async attempt(work) {
        Object.assign(this.state, { busy: true, error: "" });
        try {
            await work();
        } catch (error) {
            this.state.error = this.messageOf(error);
        } finally {
            this.state.busy = false;
        }
    }

    messageOf(error) {
        if (error instanceof RPCError) {
            return error.data?.message || error.message;
        }
        if (error instanceof ConnectionLostError) {
            return _t("No connection. Your text is still here: try again in a moment.");
        }
        throw error;
    }
}

registry.category("actions").add("incom_crm.visit", Visit);
