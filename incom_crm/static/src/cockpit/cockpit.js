import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { KeepLast } from "@web/core/utils/concurrency";
import { useBus, useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { WRITTEN_DOWN } from "../quick_entry/quick_entry_dialog";
import { CockpitChart } from "./chart/chart";
import { PeriodChooser } from "./chooser/period_chooser";
import { PersonChooser } from "./chooser/person_chooser";
import { CloseDay } from "./close_day/close_day";
import { Grid } from "./grid/grid";
import { Matrix } from "./matrix/matrix";
import { messageOf } from "./message_of";
import { numberAction } from "./numbers";
import { initialChoice, periodArgument, publishChoice, rememberRole } from "./page_choice";
import { Tile } from "./tile/tile";
import { Worklist } from "./worklist/worklist";

import { Component, onMounted, useRef, useState } from "@odoo/owl";

// A salesperson reads whom to call before the counts; a leader his people. Keys or kinds.
const BLOCK_ORDER = {
    salesperson: ["must_do", "money", "worklist", "tiles", "grid", "matrix", "chart", "close"],
    leader: ["must_do", "money", "grid", "tiles", "worklist", "matrix", "chart", "close"],
};
const CUSTOMER_ACTION = "incom_crm.res_partner_action";

/**
 * The cockpit: my day, my team, the company. One question to the server per page; every number on
 * it opens the list it counted.
 */
export class Cockpit extends Component {
    static template = "incom_crm.Cockpit";
    static components = {
        CloseDay,
        CockpitChart,
        Grid,
        Layout,
        Matrix,
        PeriodChooser,
        PersonChooser,
        Tile,
        Worklist,
    };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.keepLast = new KeepLast();
        this.display = { controlPanel: {} };
        this.choice = initialChoice(this.props, !this.action.currentController);
        // the page left behind is shown at once, where it was, and then read again
        this.state = useState({ page: this.props.state?.page, loading: false, error: "" });
        useSetupAction({
            rootRef: this.root,
            getLocalState: () => ({ choice: { ...this.choice }, page: this.state.page }),
            getGlobalState: () => ({ choice: { ...this.choice } }),
        });
        useBus(this.env.bus, WRITTEN_DOWN, () => this.load());
        onMounted(() => this.load());
    }

    get page() {
        return this.state.page;
    }

    get isMine() {
        return this.page.user.id === user.userId;
    }

    /** What stands on the page, in reading order; one column on a phone. */
    get blocks() {
        const { page } = this;
        const blocks = [
            ...page.sections.map((section) => this.sectionBlock(section)),
            { kind: "grid", key: "grid", title: _t("People"), shown: page.grid },
            { kind: "worklist", key: "worklist", title: _t("First of all"), shown: page.worklist },
            { kind: "matrix", key: "matrix", title: _t("Cared for, by level"), shown: page.matrix },
            ...(page.charts || []).map((chart) => ({
                kind: "chart",
                key: `chart_${chart.key}`,
                title: chart.title,
                shown: chart,
            })),
        ];
        const order = BLOCK_ORDER[page.role] || BLOCK_ORDER.leader;
        const place = ({ key, kind }) => (order.includes(key) ? key : kind);
        return blocks
            .filter(({ shown }) => shown)
            .sort((one, other) => order.indexOf(place(one)) - order.indexOf(place(other)));
    }

    sectionBlock({ key, title, minutes, tiles }) {
        const known = tiles.filter((name) => name in this.page.tiles);
        const isClose = key === "close";
        return {
            kind: isClose ? "close" : "tiles",
            key,
            title,
            minutes,
            tiles: known,
            shown: isClose ? this.page.figures : known.length,
        };
    }

    get hasCustomers() {
        return this.page.tiles.all?.count !== 0;
    }

    get skeleton() {
        return [4, 3, 12];
    }

    // -- reading ----------------------------------------------------------------------------------

    /** Read the page again; what is on the screen stays until then. */
    async load() {
        Object.assign(this.state, { loading: true, error: "" });
        try {
            const { role, period, user_id } = this.choice;
            const page = await this.keepLast.add(
                this.orm.call("incom.cockpit", "get_page", [
                    role || false,
                    periodArgument(period),
                    user_id || false,
                ])
            );
            this.show(page);
        } catch (error) {
            this.state.error = messageOf(error);
        }
        this.state.loading = false;
    }

    show(page) {
        this.state.page = page;
        const { label } = page.roles.find(({ key }) => key === page.role) || {};
        this.env.config.setDisplayName(
            this.isMine ? label || _t("Today") : `${label}: ${page.user.name}`
        );
        publishChoice(this.props, this.choice);
    }

    /** From a page that cannot be read to the one the server chooses. */
    async startAgain() {
        rememberRole(false);
        this.choice = {};
        await this.load();
    }

    // -- choosing ---------------------------------------------------------------------------------

    choose(choice) {
        this.choice = { ...this.choice, ...choice };
        return this.load();
    }

    chooseRole(role) {
        rememberRole(role);
        return this.choose({ role, user_id: undefined });
    }

    /** A person's own page, on top of the one the viewer came from. */
    openPerson(person) {
        const choice = { ...this.choice, role: "salesperson", user_id: person.id };
        return this.action.doAction(this.props.action.xml_id || this.props.action.id, {
            props: { globalState: { choice } },
        });
    }

    // -- opening ----------------------------------------------------------------------------------

    async openNumber(number) {
        const isCustomers = number.res_model === "res.partner";
        const base = isCustomers ? await this.action.loadAction(CUSTOMER_ACTION) : undefined;
        await this.action.doAction(numberAction(number, base));
    }
}

registry.category("actions").add("incom_crm.cockpit", Cockpit);
