import { _t } from "@web/core/l10n/translation";
import { Dialog } from "@web/core/dialog/dialog";
import { deserializeDate, serializeDate } from "@web/core/l10n/dates";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { useAutofocus } from "@web/core/utils/hooks";

import { messageOf } from "../message_of";

import { Component, useState } from "@odoo/owl";

/**
 * @param {string} day today, of the company: it may be tomorrow where the person is
 * @returns {Array<{label: string, value: string}>} days a person names without a calendar
 */
function nearDays(day) {
    const today = deserializeDate(day);
    return [
        { label: _t("Tomorrow"), value: serializeDate(today.plus({ days: 1 })) },
        { label: _t("In 3 days"), value: serializeDate(today.plus({ days: 3 })) },
        { label: _t("In a week"), value: serializeDate(today.plus({ weeks: 1 })) },
        { label: _t("In 2 weeks"), value: serializeDate(today.plus({ weeks: 2 })) },
    ];
}

/**
 * A line of text, with a day and a customer where asked for. What the server refuses is said here,
 * and what was typed stays.
 */
export class SayDialog extends Component {
    static template = "incom_crm.SayDialog";
    static components = { Dialog, RecordSelector };
    static props = {
        title: [String, Object],
        textLabel: [String, Object],
        suggestions: { type: Array, optional: true },
        dateLabel: { type: [String, Object], optional: true },
        // the company's day where it is known, else the person's
        today: { type: String, optional: true },
        customerDomain: { type: Array, optional: true },
        confirmLabel: [String, Object],
        // ({ text, date, customerId }) => Promise
        onConfirm: Function,
        close: Function,
    };

    setup() {
        const today = this.props.today || serializeDate(luxon.DateTime.now());
        this.days = this.props.dateLabel ? nearDays(today) : [];
        this.tomorrow = this.days[0]?.value;
        this.state = useState({
            text: "",
            date: this.tomorrow,
            customerId: false,
            saving: false,
            error: "",
        });
        useAutofocus({ refName: "text" });
    }

    get canConfirm() {
        const { text, date, customerId, saving } = this.state;
        return (
            !saving &&
            Boolean(text.trim()) &&
            (!this.props.dateLabel || Boolean(date)) &&
            (!this.props.customerDomain || Boolean(customerId))
        );
    }

    async confirm() {
        if (!this.canConfirm) {
            return;
        }
        const { text, date, customerId } = this.state;
        Object.assign(this.state, { saving: true, error: "" });
        try {
            await this.props.onConfirm({ text: text.trim(), date, customerId });
            this.props.close();
        } catch (error) {
            Object.assign(this.state, { saving: false, error: messageOf(error) });
        }
    }
}
