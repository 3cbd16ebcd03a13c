import { browser } from "@web/core/browser/browser";
import { router } from "@web/core/browser/router";
import { user } from "@web/core/user";
import { pick } from "@web/core/utils/objects";

/**
 * Which page is looked at. A missing key leaves the choice to the server: the page of the viewer's
 * role, this month, himself.
 * @typedef {Object} PageChoice
 * @property {string} [role]
 * @property {string} [period] a code, or `2026-11-01..2026-11-24`
 * @property {number} [user_id]
 */
const KEYS = ["role", "period", "user_id"];
const CUSTOM = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/;

const roleKey = () => `incom_crm.cockpit.role.${user.userId}`;

/** The period as the server takes it. */
export function periodArgument(period) {
    const [, from, to] = period?.match(CUSTOM) || [];
    return from ? { from, to } : period || false;
}

export function customPeriod(from, to) {
    return `${from}..${to}`;
}

/** @returns {string|undefined} the page opened last on this device */
function rememberedRole() {
    return browser.localStorage.getItem(roleKey()) || undefined;
}

export function rememberRole(role) {
    if (role) {
        browser.localStorage.setItem(roleKey(), role);
    } else {
        browser.localStorage.removeItem(roleKey());
    }
}

/**
 * The choice to start with: the one left behind (back in the breadcrumb or in the browser), the
 * one in the address (a page loaded again, a link somebody sent), or the page of last time.
 *
 * @param {Object} props of the client action
 * @param {boolean} isFirst whether the web client starts here; only then is the address ours
 * @returns {PageChoice}
 */
export function initialChoice(props, isFirst) {
    const kept = props.state?.choice || props.globalState?.choice;
    if (kept) {
        return pick(kept, ...KEYS);
    }
    const addressed = isFirst ? pick(router.current, ...KEYS) : {};
    return Object.keys(addressed).length ? addressed : { role: rememberedRole() };
}

/** Keep a choice in the address, and for who comes back after the page was loaded again. */
export function publishChoice(props, choice) {
    const addressed = Object.fromEntries(KEYS.map((key) => [key, choice[key]]));
    props.updateActionState?.({ ...addressed, globalState: { choice: { ...choice } } });
}
