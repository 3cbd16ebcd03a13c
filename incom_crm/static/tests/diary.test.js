import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { beforeEach, expect, test } from "@odoo/hoot";
import { animationFrame, press, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import {
    contains,
    defineModels,
    fields,
    makeServerError,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

const CHANNELS = ["phone", "visit", "email", "sms", "zalo", "facebook", "other"];

class Customer extends models.Model {
    _name = "customer";

    name = fields.Char();
    commercial_partner_id = fields.Many2one({ relation: "customer" });

    _records = [
        { id: 1, name: "Company", commercial_partner_id: 1 },
        { id: 2, name: "Contact", commercial_partner_id: 1 },
    ];
}

class Interaction extends models.Model {
    _name = "incom.interaction";

    partner_id = fields.Many2one({ relation: "customer" });
    contact_id = fields.Many2one({ relation: "customer" });
    user_id = fields.Many2one({ relation: "customer" });
    date = fields.Datetime();
    channel = fields.Selection({ selection: CHANNELS.map((name) => [name, name]) });
    direction = fields.Selection({
        selection: [
            ["in", "In"],
            ["out", "Out"],
        ],
    });
    grade = fields.Selection({
        selection: [
            ["attempt", "Attempt"],
            ["content", "Content"],
            ["two_way", "Two-way"],
        ],
    });
    body = fields.Text();
    late = fields.Boolean();
    source_state = fields.Selection({ selection: [["kept", "As written"]] });
    res_model = fields.Char();
    res_id = fields.Integer();

    _records = ["phone", "email"].map((channel, index) => ({
        id: index + 1,
        partner_id: 1,
        user_id: 2,
        date: `2026-03-0${index + 1} 03:00:00`,
        channel,
        direction: "out",
        grade: "content",
        body: `Said by ${channel}`,
        source_state: "kept",
    }));
}

defineMailModels();
defineModels([Customer, Interaction]);

const ENTRY = ".o_incom_entry_text";

function mountDiary(resId = 1) {
    return mountView({
        type: "form",
        resModel: "customer",
        resId,
        arch: `<form><field name="name"/><widget name="incom_diary"/></form>`,
    });
}

/** What the server was asked to write down. */
let written;

beforeEach(() => {
    written = [];
    onRpc("res.partner", "incom_write_down", ({ args }) => {
        written.push(args);
        return { interaction_id: 3, activity_id: false };
    });
});

test("shows the diary of the company on a contact", async () => {
    await mountDiary(2);
    await animationFrame();
    expect(queryAllTexts(".o_incom_body")).toEqual(["Said by phone", "Said by email"]);
});

test("shows one channel only", async () => {
    await mountDiary();
    await animationFrame();
    await contains("[data-filter=email]").click();
    expect(queryAllTexts(".o_incom_body")).toEqual(["Said by email"]);
    expect("[data-filter=email]").toHaveAttribute("aria-pressed", "true");
});

test("Enter saves the line and empties the entry", async () => {
    await mountDiary(2);
    await contains(ENTRY).edit("  Asks for samples ", { confirm: false });
    await press("Enter");
    await animationFrame();
    expect(written).toEqual([[[2], "Asks for samples", "phone", "answered", false]]);
    expect(ENTRY).toHaveValue("");
});

test("a line without words is not saved, but for a call nobody took", async () => {
    await mountDiary();
    await contains(ENTRY).edit("   ", { confirm: false });
    await press("Enter");
    await animationFrame();
    expect(written).toEqual([]);
    expect(".o_incom_save").toHaveProperty("disabled", true);
    await contains("[data-outcome=not_answered]").click();
    await contains(".o_incom_save").click();
    expect(written).toEqual([[[1], "", "phone", "not_answered", false]]);
});

test("only a call has an outcome", async () => {
    await mountDiary();
    await contains("[data-channel=zalo]").click();
    expect("[data-outcome]").toHaveCount(0);
    await contains(ENTRY).edit("Sent the price list", { confirm: false });
    await contains(".o_incom_save").click();
    expect(written).toEqual([[[1], "Sent the price list", "zalo", false, false]]);
});

test("Enter that ends a composed letter does not save", async () => {
    await mountDiary();
    await contains(ENTRY).edit("Khách", { confirm: false });
    queryOne(ENTRY).dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true })
    );
    await animationFrame();
    expect(written).toEqual([]);
});

test("an error is said beside the entry and the text stays", async () => {
    onRpc("res.partner", "incom_write_down", () => {
        throw makeServerError({ message: "The customer is archived" });
    });
    await mountDiary();
    await contains(ENTRY).edit("Asks for samples", { confirm: false });
    await contains(".o_incom_save").click();
    expect(".o_incom_entry [role=alert]").toHaveText("The customer is archived");
    expect(ENTRY).toHaveValue("Asks for samples");
    expect(".o_error_dialog").toHaveCount(0);
});

test("a diary that cannot be read says so in its place", async () => {
    onRpc("incom.interaction", "web_search_read", () => {
        throw makeServerError({ message: "Not yours to read" });
    });
    await mountDiary();
    await animationFrame();
    expect(".o_incom_diary > [role=alert]").toHaveText("Not yours to read");
    expect(ENTRY).toHaveCount(1);
});
