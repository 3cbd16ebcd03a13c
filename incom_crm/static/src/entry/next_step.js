import { serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

import { Component } from "@odoo/owl";

const { DateTime } = luxon;

/** Kinds that say by themselves what is to be done. */
const WITHOUT_WORDS = ["call", "meet", "quote"];

const KINDS = [
    { value: "none", label: _t("None"), icon: "fa-ban" },
    { value: "call", label: _t("Call"), icon: "fa-phone" },
    { value: "meet", label: _t("Meet"), icon: "fa-handshake-o" },
    { value: "quote", label: _t("Quotation"), icon: "fa-file-text-o" },
    { value: "promise", label: _t("Promise"), icon: "fa-thumbs-o-up" },
    { value: "todo", label: _t("Other"), icon: "fa-check-square-o" },
];

function inDays(days) {
    return serializeDate(DateTime.local().plus({ days }));
}

/** A step nobody has chosen yet: it is asked for, never forced. */
export function emptyStep() {
    return { kind: "none", summary: "", date: inDays(1) };
}

/** Whether a step says enough to be planned; none at all does. */
export function isComplete(step) {
    const saysWhat = WITHOUT_WORDS.includes(step.kind) || Boolean(step.summary.trim());
    return step.kind === "none" || (saysWhat && Boolean(step.date));
}

/** The step as the server takes it. */
export function stepToSend({ kind, summary, date }) {
    if (kind === "none") {
        return false;
    }
    return { activity_type: kind, summary: summary.trim(), date_deadline: date };
}

/** What comes next with the customer: a kind, a day, a line. Writes into the step it is given. */
export class NextStep extends Component {
    static template = "incom_crm.NextStep";
    static props = { step: Object };

    setup() {
        this.kinds = KINDS;
    }

    get days() {
        return [
            { label: _t("Tomorrow"), value: inDays(1) },
            { label: _t("In 3 days"), value: inDays(3) },
            { label: _t("Next week"), value: inDays(7) },
        ];
    }

    get today() {
        return inDays(0);
    }

    get placeholder() {
        return WITHOUT_WORDS.includes(this.props.step.kind)
            ? _t("About what? May stay empty")
            : _t("What is to be done?");
    }
}
