import { deserializeDateTime, toLocaleDateTimeString } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { messageOf } from "../cockpit/message_of";
import { CHANNEL_ICONS, EntryForm } from "../entry/entry_form";
import { WRITTEN_DOWN } from "../quick_entry/quick_entry_dialog";
import { StatusBadge } from "../status_badge/status_badge";

import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";

const PAGE_SIZE = 20;
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
 * The diary of a customer: one line to write down what happened, what comes next, and what was
 * written before, newest first. A contact's form shows the diary of its company, with the contact filled in.
 */
export class Diary extends Component {
    static template = "incom_crm.Diary";
    static components = { EntryForm, StatusBadge };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.fieldService = useService("field");
        this.icons = CHANNEL_ICONS;
        this.state = useState({
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
        useBus(this.env.bus, WRITTEN_DOWN, ({ detail }) => {
            if (detail.customerId === this.customerId) {
                this.onSaved();
            }
        });
        onWillUpdateProps(({ record }) => {
            const customerId = record.data.commercial_partner_id?.id || record.resId;
            if (customerId !== this.loadedFor) {
                this.state.filter = false;
                this.load(customerId);
            }
        });
    }

    get customerId() {
        const { data, resId } = this.props.record;
        return data.commercial_partner_id?.id || resId;
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
            this.state.loadError = messageOf(error);
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

    async onSaved() {
        this.state.filter = false;
        await this.load(this.customerId);
        await this.reloadStatus();
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
}

export const diary = {
    component: Diary,
    fieldDependencies: [{ name: "commercial_partner_id", type: "many2one" }],
};

registry.category("view_widgets").add("incom_diary", diary);
