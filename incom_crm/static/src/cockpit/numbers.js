import { STATUS_LOOK } from "../status_badge/status_badge";

const TONE_ICONS = {
    danger: "fa-exclamation-circle",
    warning: "fa-exclamation-triangle",
    info: "fa-bell-o",
};

const DEFAULT_VIEWS = [
    [false, "list"],
    [false, "form"],
];

/** The same views with cards, which a phone shows instead of a list. */
function withCards(views) {
    return views.some(([, type]) => type === "kanban") ? views : [...views, [false, "kanban"]];
}

/**
 * The action that lists what a number counted.
 *
 * @param {Object} number a tile or a cell: `domain`, `res_model`, `name`, `views`, `context`
 * @param {Object} [base] the action that shows such records elsewhere: its views go first
 */
export function numberAction(number, base = {}) {
    return {
        type: "ir.actions.act_window",
        name: number.name || number.label,
        res_model: number.res_model,
        domain: number.domain,
        context: number.context || {},
        views: withCards(base.views || number.views || DEFAULT_VIEWS),
        search_view_id: base.search_view_id || false,
        mobile_view_mode: "kanban",
        target: "current",
    };
}

/** The icon that says the same as the colour; none where there is nothing to warn about. */
export function toneIcon(tone, key) {
    return TONE_ICONS[tone] && (STATUS_LOOK[key]?.icon || TONE_ICONS[tone]);
}

/** Colour of a text, dark enough to be read on the background of the page. */
export function toneText(tone) {
    return tone in TONE_ICONS ? `text-${tone}-emphasis` : "";
}

/** @returns {number|null} how many more than in the period before; null: not known */
export function change({ count, previous }) {
    return typeof previous === "number" && typeof count === "number" ? count - previous : null;
}
