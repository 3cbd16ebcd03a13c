import { formatInteger } from "@web/views/fields/formatters";

import { WorklistRow } from "./worklist_row";

import { Component } from "@odoo/owl";

/** Whom to turn to first: a short list, each with its reason and what can be done at once. */
export class Worklist extends Component {
    static template = "incom_crm.CockpitWorklist";
    static components = { WorklistRow };
    static props = {
        worklist: Object,
        currencyId: { type: [Number, Boolean], optional: true },
        today: String,
        hasCustomers: Boolean,
        onOpen: Function,
        onHandled: Function,
    };

    get total() {
        return formatInteger(this.props.worklist.total);
    }

    get hasMore() {
        const { total, rows, more } = this.props.worklist;
        return more && total > rows.length;
    }
}
