import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, expect, test } from "@odoo/hoot";
import { animationFrame, queryAllTexts } from "@odoo/hoot-dom";
import {
    contains,
    getService,
    makeServerError,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

import { buildForest, findNode, idsWithin } from "@incom_crm/org_chart/org_tree";

defineMailModels();

function person(id, name, manager_id = false, active = true) {
    return { id, name, manager_id, active, teams: [], customers: id };
}

const PEOPLE = [
    person(1, "Director"),
    person(2, "Leader", 1),
    person(3, "Seller", 2),
    person(4, "Newcomer"),
    person(5, "Gone", false, false),
];

let moved;
let editable;

beforeEach(() => {
    moved = [];
    editable = true;
    onRpc("incom.org.chart", "get_tree", () => ({ editable, people: PEOPLE }));
    onRpc("incom.org.chart", "set_manager", ({ args }) => {
        moved.push(args);
        return true;
    });
});

const card = (id) => `[data-person="${id}"] > .o_incom_org_place > .o_incom_org_card`;

async function mountChart() {
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "incom_crm.org_chart",
    });
    await animationFrame();
}

test("people stand below their superior, or apart", () => {
    const { trees, alone, archived } = buildForest(PEOPLE);
    expect(trees.map(idsWithin)).toEqual([[1, 2, 3]]);
    expect(alone.map(idsWithin)).toEqual([[4]]);
    expect(archived.map(idsWithin)).toEqual([[5]]);
    expect(findNode(trees, 3).person.name).toBe("Seller");
});

test("a leader whose own superior is not shown stands at the top", () => {
    const { trees, alone } = buildForest(PEOPLE.slice(1, 3));
    expect(trees.map(idsWithin)).toEqual([[2, 3]]);
    expect(alone).toEqual([]);
});

test("a person dragged onto another goes below", async () => {
    await mountChart();
    await contains(card(4)).dragAndDrop(card(2));
    expect(moved).toEqual([[4, 2]]);
});

test("a person dragged out of the tree has no superior", async () => {
    await mountChart();
    await contains(card(3)).dragAndDrop(".o_incom_org_alone h2");
    expect(moved).toEqual([[3, false]]);
});

test("a loop is refused in the server's words", async () => {
    onRpc("incom.org.chart", "set_manager", () => {
        throw makeServerError({ message: "Seller cannot be the superior of Director" });
    });
    await mountChart();
    await contains(card(1)).dragAndDrop(card(3));
    expect("[role=alert]").toHaveText("Seller cannot be the superior of Director");
    expect(".o_error_dialog").toHaveCount(0);
});

test("the menu offers nobody below, and works without dragging", async () => {
    await mountChart();
    await contains(`${card(2)} .o_incom_org_move`).click();
    expect(queryAllTexts(".o_incom_move_list button")).toEqual(["Nobody", "Newcomer"]);
    await contains(".o_incom_move_list button:contains(Newcomer)").click();
    expect(moved).toEqual([[2, 4]]);
});

test("who may not change the tree can only read it", async () => {
    editable = false;
    await mountChart();
    await contains(card(4)).dragAndDrop(card(2));
    expect(moved).toEqual([]);
    expect(".o_incom_org_move").toHaveCount(0);
});

test("a number that is not known is none", async () => {
    onRpc("incom.org.chart", "get_tree", () => ({
        editable,
        people: [{ ...person(1, "Director"), customers: false }, person(2, "Leader", 1)],
    }));
    await mountChart();
    expect(`${card(1)} .o_incom_org_customers`).toHaveCount(0);
    expect(card(1)).toHaveText(/– customers/);
    expect(`${card(2)} .o_incom_org_customers`).toHaveText("2 customers");
});

test("a branch is folded and unfolded", async () => {
    await mountChart();
    await contains(`${card(2)} .o_incom_org_fold`).click();
    expect(card(3)).toHaveCount(0);
    expect(`${card(2)} .o_incom_org_fold`).toHaveAttribute("aria-expanded", "false");
    await contains(`${card(2)} .o_incom_org_fold`).click();
    expect(card(3)).toHaveCount(1);
});
