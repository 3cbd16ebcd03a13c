import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat, formatMonetary } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { Component } from "@odoo/owl";

/** An amount as people say it: 45M, 1.2B; whole below a thousand. */
export function formatAmount(value) {
    const amount = Math.abs(value || 0);
    const shorten = (unit) =>
        formatFloat(value / unit, { digits: [16, 1], trailingZeros: false });
    if (amount >= 999_950_000) {
        return _t("%sB", shorten(1e9));
    }
    if (amount >= 999_950) {
        return _t("%sM", shorten(1e6));
    }
    if (amount >= 1000) {
        return _t("%sK", shorten(1e3));
    }
    return formatFloat(value || 0, { digits: [16, 0] });
}

/** A short amount with the full one on hover. */
export class AmountField extends Component {
    static template = "incom_crm.AmountField";
    static props = { ...standardFieldProps };

    get short() {
        return formatAmount(this.props.record.data[this.props.name]).toString();
    }

    get full() {
        const { record, name } = this.props;
        return formatMonetary(record.data[name], {
            data: record.data,
            field: record.fields[name],
        });
    }
}

export const amountField = {
    component: AmountField,
    displayName: _t("Short Amount"),
    supportedTypes: ["monetary"],
};

registry.category("fields").add("incom_amount", amountField);
registry.category("formatters").add("incom_amount", (value) => formatAmount(value).toString());
