import { deserializeDateTime, toLocaleDateTimeString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { StatusBadge } from "../status_badge/status_badge";

import { Component, onWillStart, onWillUpdateProps, useRef, useState } from "@odoo/owl";

const PAGE_SIZE = 20;
const ENTRY_CHANNELS = ["phone", "visit", "zalo", "email", "facebook", "sms", "other"];

export const CHANNEL_ICONS = {
    phone: "fa-phone",
    visit: "fa-handshake-o",
    email: "fa-envelope-o",
    sms: "fa-mobile",
    zalo: "fa-comment-o",
    facebook: "fa-facebook",
    web: "fa-globe",
    post: "fa-paper-plane-o",
    fax: "fa-fax",
    other: "fa-pencil",
};

const SPECIFICATION = {
    date: {},
    channel: {},
    direction: {},
    grade: {},
    body: {},
    late: {},
    source_state: {},
    res_model: {},
    res_id: {},
    user_id: { fields: { name: {} } },
    contact_id: { fields: { name: {} } },
};

/**
 * The diary of a customer: one line to write down what happened, and what was written before,
 * newest first. A contact's form shows the diary of its company, with the contact filled in.
 */
export class Diary extends Component {
    static template = "incom_crm.Diary";
    static components = { StatusBadge };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.fieldService = useService("field");
        this.entry = useRef("entry");
        this.icons = CHANNEL_ICONS;
        this.state = useState({
            body: "",
            channel: ENTRY_CHANNELS[0],
            outcome: "answered",
            saving: false,
            error: "",
            loading: true,
            loadError: "",
            filter: false,
            counts: [],
            rows: [],
            total: 0,
        });
        onWillStart(async () => {
            await this.loadLabels();
            // not awaited: the form need not wait for its diary
            this.load(this.customerId);
        });
        onWillUpdateProps(({ record }) => {
            const customerId = record.data.commercial_partner_id?.id || record.resId;
            if (customerId !== this.loadedFor) {
                Object.assign(this.state, { body: "", error: "", filter: false });
                this.load(customerId);
            }
        });
    }

    get customerId() {
        const { data, resId } = this.props.record;
        return data.commercial_partner_id?.id || resId;
    }

    get entryChannels() {
        return ENTRY_CHANNELS.map((value) => ({ value, label: this.labels.channel[value] }));
    }

    get outcomes() {
        return [
            { value: "answered", label: _t("Answered"), icon: "fa-check" },
            { value: "not_answered", label: _t("Not answered"), icon: "fa-times" },
        ];
    }

    get placeholder() {
        return _t("Write down what happened, then press Enter");
    }

    /** A call nobody took needs no words. */
    get canSave() {
        const unanswered =
            this.state.channel === "phone" && this.state.outcome === "not_answered";
        return !this.state.saving && (unanswered || Boolean(this.state.body.trim()));
    }

    async loadLabels() {
        const fields = await this.fieldService.loadFields("incom.interaction", {
            fieldNames: ["channel", "grade", "source_state"],
        });
        this.labels = {};
        for (const name in fields) {
            this.labels[name] = Object.fromEntries(fields[name].selection);
        }
    }

    /** Load the newest rows of the customer's diary, as many as are shown already. */
    async load(customerId, limit = PAGE_SIZE) {
        this.loadedFor = customerId;
        const ofCustomer = [["partner_id", "=", customerId]];
        const filter = this.state.filter ? [["channel", "=", this.state.filter]] : [];
        try {
            const [{ records, length }, counts] = await Promise.all([
                this.orm.webSearchRead("incom.interaction", [...ofCustomer, ...filter], {
                    specification: SPECIFICATION,
                    limit,
                }),
                this.orm.formattedReadGroup("incom.interaction", ofCustomer, ["channel"], [
                    "__count",
                ]),
            ]);
            Object.assign(this.state, {
                rows: records.map((row) => this.prepareRow(row)),
                total: length,
                counts: counts.map((group) => ({ channel: group.channel, count: group.__count })),
                loadError: "",
            });
        } catch (error) {
            this.state.loadError = this.messageOf(error);
        } finally {
            this.state.loading = false;
        }
    }

    prepareRow(row) {
        return {
            ...row,
            when: toLocaleDateTimeString(deserializeDateTime(row.date)),
            author: row.user_id?.name || row.contact_id?.name || _t("Customer"),
            hasDocument: Boolean(row.res_id) && row.res_model !== "res.partner",
        };
    }

    async filterBy(channel) {
        this.state.filter = channel;
        await this.load(this.customerId);
    }

    async loadMore() {
        await this.load(this.customerId, this.state.rows.length + PAGE_SIZE);
    }

    setChannel(channel) {
        this.state.channel = channel;
        this.entry.el.focus();
    }

    onKeydown(ev) {
        // Enter that ends a composed letter is no order to save
        if (ev.key === "Enter" && !ev.shiftKey && !ev.isComposing) {
            ev.preventDefault();
            this.save();
        }
    }

    /** Save the line; whatever goes wrong is said here, and the text stays. */
    async save() {
        if (!this.canSave) {
            return;
        }
        const { body, channel, outcome } = this.state;
        Object.assign(this.state, { saving: true, error: "" });
        try {
            await this.orm.call("res.partner", "incom_log_interaction", [
                [this.props.record.resId],
                body.trim(),
                channel,
                channel === "phone" ? outcome : false,
            ]);
            Object.assign(this.state, { body: "", outcome: "answered", filter: false });
            await this.load(this.customerId);
            await this.reloadStatus();
        } catch (error) {
            this.state.error = this.messageOf(error);
        } finally {
            this.state.saving = false;
            this.entry.el?.focus();
        }
    }

    /** Show the new status at once, unless the person is in the middle of changing the form. */
    async reloadStatus() {
        const { record } = this.props;
        if (!(await record.isDirty())) {
            await record.load();
        }
    }

    openDocument(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: row.res_model,
            res_id: row.res_id,
            views: [[false, "form"]],
        });
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

export const diary = {
    component: Diary,
    fieldDependencies: [{ name: "commercial_partner_id", type: "many2one" }],
};

registry.category("view_widgets").add("incom_diary", diary);
