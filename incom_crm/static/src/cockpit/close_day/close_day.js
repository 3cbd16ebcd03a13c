import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { formatInteger } from "@web/views/fields/formatters";

import { formatAmount } from "../../amount/amount";
import { messageOf } from "../message_of";

import { Component, useState } from "@odoo/owl";

/** What the day was, one line for the superior, and the day is done. */
export class CloseDay extends Component {
    static template = "incom_crm.CloseDay";
    static props = { figures: Object, isMine: Boolean, onHandled: Function };

    setup() {
        this.orm = useService("orm");
        this.state = useState({
            note: this.props.figures.note || "",
            needsHelp: Boolean(this.props.figures.needs_help),
            saving: false,
            error: "",
        });
    }

    get lines() {
        const { figures } = this.props;
        const amount = (value) => (value ? formatAmount(value).toString() : "");
        return [
            { key: "calls", label: _t("calls") },
            { key: "calls_answered", label: _t("answered") },
            { key: "visits", label: _t("visits") },
            { key: "messages", label: _t("messages") },
            { key: "customers_cared", label: _t("customers cared for") },
            { key: "meetings_held", label: _t("meetings") },
            { key: "works_done", label: _t("jobs done") },
            {
                key: "quotations",
                label: _t("quotations"),
                amount: amount(figures.quotation_amount),
            },
            { key: "orders", label: _t("orders"), amount: amount(figures.order_amount) },
        ]
            .filter(({ key }) => figures[key])
            .map((line) => ({ ...line, text: formatInteger(figures[line.key]) }));
    }

    async close() {
        Object.assign(this.state, { saving: true, error: "" });
        try {
            const { note, needsHelp } = this.state;
            await this.orm.call("incom.day.report", "close_day", [note.trim(), needsHelp]);
            await this.props.onHandled();
        } catch (error) {
            this.state.error = messageOf(error);
        } finally {
            this.state.saving = false;
        }
    }
}
