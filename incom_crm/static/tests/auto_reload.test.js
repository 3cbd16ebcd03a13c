import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { advanceTime, expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-dom";
import {
    defineModels,
    fields,
    MockServer,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

import { RELOAD_INTERVAL } from "@incom_crm/auto_reload/auto_reload";

class Work extends models.Model {
    _name = "work";
    state = fields.Char();
    done = fields.Integer();
    _records = [{ id: 1, state: "running", done: 0 }];
}

defineMailModels();
defineModels([Work]);

test("a record in work is read again until it is done", async () => {
    await mountView({
        type: "form",
        resModel: "work",
        resId: 1,
        arch: `
            <form edit="0">
                <field name="state" invisible="1"/>
                <field name="done"/>
                <widget name="incom_auto_reload" invisible="state != 'running'"/>
            </form>`,
    });
    onRpc("work", "web_read", () => expect.step("read"));
    MockServer.env["work"].write(1, { done: 5 });
    await advanceTime(RELOAD_INTERVAL);
    await animationFrame();
    expect(".o_field_widget[name=done]").toHaveText("5");
    MockServer.env["work"].write(1, { state: "done" });
    await advanceTime(RELOAD_INTERVAL);
    await animationFrame();
    await advanceTime(3 * RELOAD_INTERVAL);
    expect.verifySteps(["read", "read"]);
});
