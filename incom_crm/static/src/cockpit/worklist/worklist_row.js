import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { formatMonetary } from "@web/views/fields/formatters";

import { formatAmount } from "../../amount/amount";
import { QuickEntryDialog } from "../../quick_entry/quick_entry_dialog";
import { StatusBadge } from "../../status_badge/status_badge";
import { SayDialog } from "../dialogs/say_dialog";

import { Component, useState } from "@odoo/owl";

/** A customer of the work list: why, how much, what was said last, and the next step in one tap. */
export class WorklistRow extends Component {
    static template = "incom_crm.CockpitWorklistRow";
    static components = { StatusBadge };
    static props = {
        row: Object,
        number: Number,
        today: String,
        currencyId: { type: [Number, Boolean], optional: true },
        // () => Promise: the row was dealt with
        onHandled: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.state = useState({ refreshing: false });
    }

    get reason() {
        const { late_text, reason } = this.props.row;
        return late_text || reason;
    }

    /** The level, and the last words with their day. */
    get background() {
        const { level, last_text } = this.props.row;
        return [level, last_text || _t("nothing said yet")].filter(Boolean).join(" · ");
    }

    get warns() {
        const { alert, alert_label } = this.props.row;
        return alert && alert !== "ok" && Boolean(alert_label);
    }

    /** Amounts worth a word, the short form to read and the full one on hover. */
    get amounts() {
        const { usual, overdue, unsigned } = this.props.row;
        return [
            { key: "overdue", label: _t("Overdue"), value: overdue, look: "text-danger-emphasis" },
            { key: "unsigned", label: _t("Unsigned"), value: unsigned },
            { key: "usual", label: _t("Usually"), value: usual },
        ]
            .filter(({ value }) => value > 0)
            .map((amount) => ({
                ...amount,
                short: formatAmount(amount.value).toString(),
                full: formatMonetary(amount.value, { currencyId: this.props.currencyId }),
            }));
    }

    get callUrl() {
        const { phone } = this.props.row;
        return phone && `tel:${phone.replace(/\s+/g, "")}`;
    }

    get zaloUrl() {
        const { zalo } = this.props.row;
        return zalo && `https://zalo.me/${String(zalo).replace(/\D/g, "")}`;
    }

    get mailUrl() {
        const { email } = this.props.row;
        return email && `mailto:${email}`;
    }

    open() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: this.props.row.partner_id,
            views: [[false, "form"]],
        });
    }

    /** The page is read again when it is told that something was written down. */
    write() {
        const { partner_id: id, name } = this.props.row;
        this.dialog.add(QuickEntryDialog, { customer: { id, name } });
    }

    quote() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("New Quotation"),
            res_model: "sale.order",
            views: [[false, "form"]],
            context: { default_partner_id: this.props.row.partner_id },
        });
    }

    putOff() {
        this.dialog.add(SayDialog, {
            title: _t("Later: %s", this.props.row.name),
            textLabel: _t("Why later?"),
            suggestions: [
                _t("The customer asked for it"),
                _t("Waiting for goods or prices"),
                _t("Nobody could be reached"),
            ],
            dateLabel: _t("Until when?"),
            today: this.props.today,
            confirmLabel: _t("Put Off"),
            onConfirm: ({ text, date }) => this.handle("incom_put_off", [date, text]),
        });
    }

    askHelp() {
        this.dialog.add(SayDialog, {
            title: _t("Ask for help: %s", this.props.row.name),
            textLabel: _t("What do you need from your superior?"),
            confirmLabel: _t("Ask"),
            onConfirm: ({ text }) => this.handle("incom_ask_help", [text]),
        });
    }

    async handle(method, args) {
        await this.orm.call("res.partner", method, [[this.props.row.partner_id], ...args]);
        // not awaited: the dialog may close while the list is read again
        this.refresh();
    }

    async refresh() {
        this.state.refreshing = true;
        await this.props.onHandled();
        this.state.refreshing = false;
    }
}
