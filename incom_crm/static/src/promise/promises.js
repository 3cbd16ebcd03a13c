import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { SayDialog } from "../cockpit/dialogs/say_dialog";
import { messageOf } from "../cockpit/message_of";
import { WRITTEN_DOWN } from "../quick_entry/quick_entry_dialog";

import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";

/** In the header of a customer: what was promised and is overdue, kept with one tap or put off with a reason. */
export class Promises extends Component {
    static template = "incom_crm.Promises";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.state = useState({ promises: [], error: "" });
        // not awaited: the form need not wait for its promises
        onWillStart(() => void this.load(this.props.record.resId));
        onWillUpdateProps(({ record }) => {
            if (record.resId !== this.loadedFor) {
                this.load(record.resId);
            }
        });
        useBus(this.env.bus, WRITTEN_DOWN, () => this.load(this.props.record.resId));
    }

    async load(resId) {
        this.loadedFor = resId;
        this.state.promises = [];
        if (!resId) {
            return;
        }
        const promises = await this.orm.call("res.partner", "incom_overdue_promises", [[resId]]);
        if (resId === this.loadedFor) {
            this.state.promises = promises.map((promise) => ({
                ...promise,
                since: formatDate(deserializeDate(promise.date)),
            }));
        }
    }

    async keep(promise) {
        this.state.error = "";
        try {
            await this.orm.call("mail.activity", "incom_promise_kept", [[promise.id]]);
            await this.reload();
        } catch (error) {
            this.state.error = messageOf(error);
        }
    }

    putOff(promise) {
        this.dialog.add(SayDialog, {
            title: _t("Put off: %s", promise.summary),
            textLabel: _t("Why? Colleagues will read it."),
            dateLabel: _t("Until when?"),
            confirmLabel: _t("Put Off"),
            onConfirm: async ({ text, date }) => {
                await this.orm.call("mail.activity", "incom_promise_put_off", [
                    [promise.id],
                    date,
                    text,
                ]);
                await this.reload();
            },
        });
    }

    /** Show what is left and the new status at once, unless the person is in the middle of changing the form. */
    async reload() {
        const { record } = this.props;
        await this.load(record.resId);
        if (!(await record.isDirty())) {
            await record.load();
        }
    }
}

registry.category("view_widgets").add("incom_promises", { component: Promises });
