import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, expect, test } from "@odoo/hoot";
import { animationFrame, queryAllTexts, queryOne, waitFor } from "@odoo/hoot-dom";
import { Deferred } from "@odoo/hoot-mock";
import { browser } from "@web/core/browser/browser";
import { router } from "@web/core/browser/router";
import { user } from "@web/core/user";
import {
    contains,
    defineActions,
    defineModels,
    fields,
    getService,
    makeServerError,
    models,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

import { leaderPage, salespersonPage, worklistRow } from "./cockpit_page";

class Customer extends models.Model {
    _name = "customer";

    name = fields.Char();

    _records = [
        { id: 1, name: "Overdue work" },
        { id: 2, name: "Not cared for 1" },
        { id: 3, name: "W2" },
    ];
    _views = { list: `<list><field name="name"/></list>` };
}

defineMailModels();
defineModels([Customer]);
defineActions([
    { id: 99, name: "Today", type: "ir.actions.client", tag: "incom_crm.cockpit", xml_id: "today" },
]);

let asked;
let makePage;

beforeEach(() => {
    asked = [];
    makePage = salespersonPage;
    onRpc("incom.cockpit", "get_page", ({ args }) => {
        asked.push(args);
        const [role, , userId] = args;
        return makePage(userId || user.userId, role ? { role } : {});
    });
});

const tile = (key) => `.o_incom_tile[data-tile=${key}]`;
const listTitle = ".o_list_view .o_breadcrumb .active";

async function openCockpit() {
    await mountWithCleanup(WebClient);
    await getService("action").doAction("today");
    await animationFrame();
}

test("a page is asked for once, and its place is kept until it comes", async () => {
    const arrival = new Deferred();
    onRpc("incom.cockpit", "get_page", () => arrival);
    await openCockpit();
    expect(".o_incom_placeholder").not.toHaveCount(0);
    arrival.resolve(salespersonPage(user.userId));
    await animationFrame();
    expect(".o_incom_placeholder").toHaveCount(0);
    expect(tile("all")).toHaveCount(1);
});

test("the server chooses the page the first time", async () => {
    await openCockpit();
    expect(asked).toEqual([[false, false, false]]);
});

test("a tile tells its number, its amount and what changed", async () => {
    await openCockpit();
    expect(`${tile("overdue_work")} .o_incom_number`).toHaveText("4");
    expect(`${tile("overdue_work")} .o_incom_tile_change`).toHaveText(/3$/);
    expect(`${tile("overdue_work")} .fa-caret-up`).toHaveCount(1);
    expect(`${tile("overdue")} .o_incom_tile_amount`).toHaveText("92M");
    expect(queryOne(tile("overdue")).title).toMatch(/92,000,000/);
    expect(`${tile("all")} .o_incom_number`).toHaveText("1,234");
    expect(`${tile("all")} .o_incom_tile_change`).toHaveCount(0);
});

test("a warning has an icon beside its colour; a zero warns of nothing", async () => {
    await openCockpit();
    expect(tile("overdue_work")).toHaveClass("o_incom_tone_danger");
    expect(`${tile("overdue_work")} .fa-exclamation-circle`).toHaveCount(1);
    expect(tile("neglected")).not.toHaveClass("o_incom_tone_danger");
    expect(`${tile("neglected")} .fa-user-times`).toHaveCount(0);
    expect(`${tile("neglected")} .fa-caret-down`).toHaveCount(1);
});

test("a tile is a button that opens its list, and back finds the page as it was", async () => {
    await openCockpit();
    queryOne(tile("overdue_work")).focus();
    await contains(tile("overdue_work")).press("Enter");
    expect(listTitle).toHaveText("Overdue work");
    expect(queryAllTexts(".o_data_row")).toEqual(["Overdue work"]);
    const arrival = new Deferred();
    onRpc("incom.cockpit", "get_page", () => arrival);
    await contains(".o_back_button, .breadcrumb-item a").click();
    expect(tile("overdue_work")).toHaveCount(1);
    arrival.resolve(salespersonPage(user.userId));
    await animationFrame();
    expect(tile("overdue_work")).toHaveCount(1);
});

test("every number of the matrix opens its list", async () => {
    await openCockpit();
    expect(queryAllTexts(".o_incom_matrix tr[data-row=not_cared] .o_incom_cell")).toEqual([
        "88",
        "6",
        "94",
    ]);
    await contains(".o_incom_matrix tr[data-row=not_cared] [data-column='1']").click();
    expect(queryAllTexts(".o_data_row")).toEqual(["Not cared for 1"]);
});

test("the period is chosen, kept in the address, and any two days will do", async () => {
    await openCockpit();
    await contains(".o_incom_period").click();
    await contains(".o_incom_period_menu [data-period=today]").click();
    expect(asked.at(-1)).toEqual([false, "today", false]);
    await contains(".o_incom_period").click();
    await contains(".o_incom_from").edit("2026-11-02", { instantly: true });
    await contains(".o_incom_to").edit("2026-11-05", { instantly: true });
    await contains(".o_incom_apply").click();
    expect(asked.at(-1)).toEqual([false, { from: "2026-11-02", to: "2026-11-05" }, false]);
    await animationFrame();
    expect(router.current.period).toBe("2026-11-02..2026-11-05");
});

test("a page that fails says so and keeps what it showed", async () => {
    await openCockpit();
    onRpc("incom.cockpit", "get_page", () => {
        throw makeServerError({ message: "You may not look at this person" });
    });
    await contains(".o_incom_period").click();
    await contains(".o_incom_period_menu [data-period=today]").click();
    expect("[role=alert]").toHaveText(/You may not look at this person/);
    expect(tile("all")).toHaveCount(1);
    expect(".o_error_dialog").toHaveCount(0);
    onRpc("incom.cockpit", "get_page", () => salespersonPage(user.userId));
    await contains(".o_incom_try_again").click();
    expect("[role=alert]").toHaveCount(0);
});

test("a row of the work list calls, writes and says why", async () => {
    await openCockpit();
    const row = ".o_incom_worklist_row[data-partner='7']";
    expect(`${row} .o_incom_call`).toHaveAttribute("href", "tel:0903111222");
    expect(`${row} .o_incom_zalo`).toHaveAttribute("href", "https://zalo.me/0903111222");
    expect(`${row} .o_incom_mail`).toHaveAttribute("href", "mailto:buyer@example.com");
    expect(row).toHaveText(/9 days late, of 29/);
    expect(row).toHaveText(/Overdue 12M/);
    expect(row).toHaveText(/Waits for the new price/);
});

test("a customer is put off with a reason and a day, and the list is read again", async () => {
    onRpc("res.partner", "incom_put_off", ({ args }) => {
        expect.step(args);
        return true;
    });
    await openCockpit();
    await contains(".o_incom_put_off").click();
    expect(".o_incom_say_confirm").not.toBeEnabled();
    await contains(".o_incom_say_text").edit("Away until Monday");
    await contains(".modal input[type=date]").edit("2026-12-01", { instantly: true });
    await contains(".o_incom_say_confirm").click();
    expect.verifySteps([[[7], "2026-12-01", "Away until Monday"]]);
    expect(".modal").toHaveCount(0);
    expect(asked).toHaveLength(2);
});

test("what the server refuses is said in the dialog, and the text stays", async () => {
    onRpc("res.partner", "incom_put_off", () => {
        throw makeServerError({ message: "At most 30 days" });
    });
    await openCockpit();
    await contains(".o_incom_put_off").click();
    await contains(".o_incom_say_text").edit("Away");
    await contains(".o_incom_say_confirm").click();
    expect(".modal [role=alert]").toHaveText("At most 30 days");
    expect(".o_incom_say_text").toHaveValue("Away");
});

test("an empty work list says what to do now", async () => {
    makePage = (id) => salespersonPage(id, { worklist: { total: 0, rows: [] } });
    await openCockpit();
    expect(".o_incom_block_worklist .o_incom_empty").toHaveText(/Everybody is cared for/);
});

test("a customer nobody has spoken to has no last words", async () => {
    const row = worklistRow({ last_text: "", last_date: false, phone: false, zalo: false });
    makePage = (id) => salespersonPage(id, { worklist: { total: 1, rows: [row] } });
    await openCockpit();
    expect(".o_incom_worklist_row").toHaveText(/nothing said yet/);
    expect(".o_incom_call, .o_incom_zalo").toHaveCount(0);
});

test("the day is closed with one line", async () => {
    onRpc("incom.day.report", "close_day", ({ args }) => {
        expect.step(args);
        return true;
    });
    await openCockpit();
    expect(".o_incom_close_day").toHaveText(/6 calls/);
    expect(".o_incom_close_day").toHaveText(/38M/);
    await contains(".o_incom_day_note").edit("A good day");
    await contains(".o_incom_end_day").click();
    expect.verifySteps([["A good day", false]]);
    expect(asked).toHaveLength(2);
});

test("a leader reads a line per person, in numbers, shares, amounts and words", async () => {
    makePage = leaderPage;
    await openCockpit();
    const figure = (key) => `.o_incom_grid tr[data-person='21'] [data-column=${key}]`;
    expect(figure("days")).toHaveText(/2 of 3 days/);
    expect(figure("cared")).toHaveText("53%");
    expect(figure("unsigned")).toHaveText("215M");
    expect(figure("meetings")).toHaveText(/18%\s*low/);
    expect(figure("help")).toHaveText(/yes/);
});

test("a person's name opens his own page, and back returns to the team", async () => {
    makePage = leaderPage;
    await openCockpit();
    makePage = salespersonPage;
    await contains(".o_incom_grid_person").click();
    expect(asked.at(-1)).toEqual(["salesperson", false, 21]);
    await waitFor(".o_breadcrumb .active:contains(My Day: Mitchell Admin)");
    makePage = leaderPage;
    await contains(".o_back_button, .breadcrumb-item a").click();
    expect(asked.at(-1)).toEqual([false, false, false]);
    expect(".o_incom_grid_person").toHaveCount(1);
});

test("the page chosen last is the one opened next time", async () => {
    makePage = leaderPage;
    await openCockpit();
    await contains(".o_incom_roles [data-role=salesperson]").click();
    expect(asked.at(-1)[0]).toBe("salesperson");
    const key = `incom_crm.cockpit.role.${user.userId}`;
    expect(browser.localStorage.getItem(key)).toBe("salesperson");
    await getService("action").doAction("today", { clearBreadcrumbs: true });
    await animationFrame();
    expect(asked.at(-1)).toEqual(["salesperson", false, false]);
});

test("a chart's numbers are there to read, and open their lists", async () => {
    makePage = leaderPage;
    await openCockpit();
    await contains(".o_incom_chart summary").click();
    expect(queryAllTexts(".o_incom_chart tbody tr")).toEqual(["W1 3", "W2 5"]);
    await contains(".o_incom_chart tbody button:contains(W2)").click();
    expect(queryAllTexts(".o_data_row")).toEqual(["W2"]);
});
