import { Dropdown } from "@web/core/dropdown/dropdown";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";

import { customPeriod } from "../page_choice";

import { Component, useState } from "@odoo/owl";

/** Today, this month, the last one ... or any two days. */
export class PeriodChooser extends Component {
    static template = "incom_crm.PeriodChooser";
    static components = { Dropdown, DropdownItem };
    static props = { period: Object, periods: Array, today: String, onChosen: Function };

    setup() {
        this.dropdown = useDropdownState();
        this.state = useState({ from: "", to: "" });
    }

    beforeOpen() {
        const { from, to } = this.props.period;
        Object.assign(this.state, { from, to });
    }

    get canApply() {
        const { from, to } = this.state;
        return Boolean(from && to && from <= to);
    }

    apply() {
        if (this.canApply) {
            this.dropdown.close();
            this.props.onChosen(customPeriod(this.state.from, this.state.to));
        }
    }
}
