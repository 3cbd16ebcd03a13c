import { _t } from "@web/core/l10n/translation";
import { formatFloat, formatInteger } from "@web/views/fields/formatters";

import { formatAmount } from "../../amount/amount";
import { toneIcon, toneText } from "../numbers";

import { Component } from "@odoo/owl";

// The band a ratio lies in, in a word beside its colour.
const BAND_WORDS = {
    success: _t("good"),
    warning: _t("watch"),
    danger: _t("low"),
    muted: _t("too few"),
};

export function formatShare(value) {
    return `${formatFloat(value * 100, { digits: [16, 0] })}%`;
}

const FORMATS = {
    count: formatInteger,
    share: formatShare,
    band: formatShare,
    amount: (value) => formatAmount(value).toString(),
};

/** One figure of a person in the leader's grid: a number, a share, an amount, days or a flag. */
export class GridCell extends Component {
    static template = "incom_crm.GridCell";
    static props = { cell: Object, column: Object, onOpen: Function };

    get kind() {
        return this.props.column.kind;
    }

    get value() {
        const { value, count } = this.props.cell;
        return value ?? count;
    }

    /** Nothing to show is not zero: a ratio of no meeting at all. */
    get isKnown() {
        return typeof this.value === "number";
    }

    get text() {
        return this.isKnown ? FORMATS[this.kind](this.value) : "–";
    }

    get bandWord() {
        return this.kind === "band" && this.isKnown && BAND_WORDS[this.tone];
    }

    get tone() {
        return this.props.cell.tone || "";
    }

    get icon() {
        return this.value ? toneIcon(this.tone, this.props.column.key) : undefined;
    }

    get textClass() {
        return this.value ? toneText(this.tone) : "text-muted";
    }

    get daysText() {
        const { dots } = this.props.cell;
        return _t("%(done)s of %(days)s days", {
            done: dots.filter(Boolean).length,
            days: dots.length,
        }).toString();
    }

    get canOpen() {
        return Boolean(this.props.cell.res_model);
    }

    /** What a screen reader says: the column is not read along with a button. */
    get label() {
        const { name } = this.props.cell;
        return name || this.props.column.label;
    }
}
