import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatSelection } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component } from "@odoo/owl";

/** One colour and one icon per meaning, wherever a status is shown. */
export const STATUS_LOOK = {
    // care alert
    neglected: { color: "danger", icon: "fa-user-times" },
    missed: { color: "warning", icon: "fa-exclamation-triangle" },
    needs_care: { color: "info", icon: "fa-bell-o" },
    ok: { color: "secondary", icon: "fa-check" },
    // purchase status
    stopped: { color: "danger", icon: "fa-stop-circle-o" },
    late: { color: "warning", icon: "fa-clock-o" },
    due: { color: "info", icon: "fa-refresh" },
    in_cycle: { color: "secondary", icon: "fa-check" },
    never: { color: "secondary", icon: "fa-minus" },
    // grade of an interaction
    two_way: { color: "success", icon: "fa-exchange" },
    content: { color: "info", icon: "fa-pencil" },
    attempt: { color: "secondary", icon: "fa-ellipsis-h" },
};

export class StatusBadge extends Component {
    static template = "incom_crm.StatusBadge";
    static props = { value: { type: [String, Boolean] }, label: String };

    get look() {
        return STATUS_LOOK[this.props.value];
    }
}

export class StatusBadgeField extends Component {
    static template = "incom_crm.StatusBadgeField";
    static components = { StatusBadge };
    static props = { ...standardFieldProps };

    get value() {
        return this.props.record.data[this.props.name];
    }

    get label() {
        return formatSelection(this.value, this.props.record.fields[this.props.name]);
    }
}

export const statusBadgeField = {
    component: StatusBadgeField,
    displayName: _t("Customer Status"),
    supportedTypes: ["selection"],
};

registry.category("fields").add("incom_status", statusBadgeField);
