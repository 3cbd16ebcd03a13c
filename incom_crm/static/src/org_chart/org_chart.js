import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useDraggable } from "@web/core/utils/draggable";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { MoveDialog } from "./move_dialog";
import { OrgNode } from "./org_node";
import { buildForest, findNode, idsWithin } from "./org_tree";

import { Component, onMounted, useRef, useState } from "@odoo/owl";

// From this many people on, only the upper two levels are unfolded at first.
const MANY_PEOPLE = 60;

/** Who is above whom: read by everybody for his own people, changed by administrators. */
export class OrgChart extends Component {
    static template = "incom_crm.OrgChart";
    static components = { Layout, OrgNode };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.state = useState({
            loading: true,
            error: "",
            editable: false,
            people: [],
            folded: new Set(),
            dragging: false,
            overId: undefined,
        });
        this.root = useRef("root");
        useDraggable({
            ref: this.root,
            elements: ".o_incom_org_card",
            ignore: "button",
            enable: () => this.state.editable,
            onDragStart: () => (this.state.dragging = true),
            onDrag: (params) => (this.state.overId = this.placeAt(params)),
            onDragEnd: () => this.onDragEnd(),
            onDrop: (params) => this.onDrop(params),
        });
        // not awaited: the layout stands before the people do
        onMounted(() => this.load().then(() => this.foldAtFirst()));
    }

    get forest() {
        return buildForest(this.state.people);
    }

    get archivedCount() {
        return this.state.people.filter(({ active }) => !active).length;
    }

    async load() {
        await this.attempt(async () => {
            const { editable, people } = await this.orm.call("incom.org.chart", "get_tree", []);
            Object.assign(this.state, { editable, people });
        });
        this.state.loading = false;
    }

    foldAtFirst() {
        if (this.state.people.length < MANY_PEOPLE) {
            return;
        }
        const second = this.forest.trees.flatMap(({ below }) => below);
        this.state.folded = new Set(second.map(({ person }) => person.id));
    }

    toggle(person) {
        const { folded } = this.state;
        if (!folded.delete(person.id)) {
            folded.add(person.id);
        }
    }

    openCustomers(person) {
        return this.attempt(async () => {
            const action = await this.orm.call("incom.org.chart", "open_customers", [person.id]);
            await this.action.doAction(action);
        });
    }

    // -- moving -----------------------------------------------------------------------------------

    /**
     * @returns {number|undefined} the person below whom something dropped here goes; 0: nobody
     */
    placeAt({ element, x, y }) {
        const places = [...this.root.el.querySelectorAll("[data-place]")].filter((place) => {
            const { left, right, top, bottom } = place.getBoundingClientRect();
            return place !== element && left <= x && x <= right && top <= y && y <= bottom;
        });
        // a card lies within the area of those without superior: the innermost counts
        return places.length ? Number(places.at(-1).dataset.place) : undefined;
    }

    onDrop(params) {
        const managerId = this.placeAt(params);
        if (managerId !== undefined) {
            return this.move(Number(params.element.closest("li").dataset.person), managerId);
        }
    }

    onDragEnd() {
        Object.assign(this.state, { dragging: false, overId: undefined });
    }

    askWhere(person) {
        const node = findNode(Object.values(this.forest).flat(), person.id);
        const below = new Set(idsWithin(node));
        this.dialog.add(MoveDialog, {
            person,
            candidates: this.state.people.filter(
                ({ id, active }) => active && !below.has(id) && id !== person.manager_id
            ),
            onChosen: (managerId) => this.move(person.id, managerId),
        });
    }

    /** What the server refuses is said in its own words, and the chart stays as it is. */
    async move(userId, managerId) {
        const moved = await this.attempt(() =>
            this.orm.call("incom.org.chart", "set_manager", [userId, managerId || false])
        );
        if (moved) {
            await this.load();
        }
    }

    async attempt(callback) {
        this.state.error = "";
        try {
            await callback();
            return true;
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            this.state.error = error.data?.message || error.message || _t("That did not work.");
            return false;
        }
    }
}

registry.category("actions").add("incom_crm.org_chart", OrgChart);
