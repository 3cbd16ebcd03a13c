import { _t } from "@web/core/l10n/translation";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { useService } from "@web/core/utils/hooks";

import { SayDialog } from "../dialogs/say_dialog";
import { GridCell } from "./grid_cell";

import { Component, useState } from "@odoo/owl";

/** A line per person, every figure a way to what is behind it; cards on a phone. */
export class Grid extends Component {
    static template = "incom_crm.CockpitGrid";
    static components = { Dropdown, DropdownItem, GridCell };
    static props = {
        grid: Object,
        period: Object,
        today: String,
        onOpen: Function,
        onPerson: Function,
        onHandled: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.ui = useState(useService("ui"));
    }

    /** What the person wrote in the period, day by day. */
    async openDiary(person) {
        const { from, to } = this.props.period;
        const args = [person.id, from, to];
        const action = await this.orm.call("incom.day.report", "get_diary_action", args);
        await this.action.doAction(action);
    }

    /** Where a word of praise or a question is written to the person. */
    openDayReports(person) {
        const { from, to } = this.props.period;
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Day reports: %s", person.name),
            res_model: "incom.day.report",
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [
                ["user_id", "=", person.id],
                ["date", ">=", from],
                ["date", "<=", to],
            ],
        });
    }

    giveDirective(person) {
        this.dialog.add(SayDialog, {
            title: _t("Directive: %s", person.name),
            customerDomain: [
                ["customer_profile_id", "!=", false],
                ["user_id", "=", person.id],
            ],
            textLabel: _t("What is to be done?"),
            dateLabel: _t("By when?"),
            today: this.props.today,
            confirmLabel: _t("Give"),
            onConfirm: async ({ customerId, text, date }) => {
                await this.orm.call("res.partner", "incom_give_directive", [
                    [customerId],
                    person.id,
                    text,
                    date,
                ]);
                // not awaited: the dialog may close while the figures are read again
                this.props.onHandled();
            },
        });
    }
}
