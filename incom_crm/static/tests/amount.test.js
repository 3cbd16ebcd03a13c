import { expect, test } from "@odoo/hoot";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { formatAmount } from "@incom_crm/amount/amount";

class Customer extends models.Model {
    _name = "customer";

    currency_id = fields.Many2one({ relation: "res.currency", default: 1 });
    amount = fields.Monetary({ currency_field: "currency_id" });

    _records = [{ id: 1, amount: 1_234_567_890, currency_id: 1 }];
}

defineMailModels();
defineModels([Customer]);

const said = (value) => formatAmount(value).toString();

test("an amount is said in its largest unit, rounded to one decimal", async () => {
    await mountView({
        type: "form",
        resModel: "customer",
        resId: 1,
        arch: `<form><field name="currency_id" invisible="1"/><field name="amount" widget="incom_amount"/></form>`,
    });
    expect(".o_incom_amount").toHaveText("1.2B");
    expect(".o_incom_amount").toHaveAttribute("title", /1,234,567,890/);
    expect(said(45_000_000)).toBe("45M");
    expect(said(383_740_000)).toBe("383.7M");
    expect(said(999_949)).toBe("999.9K");
    expect(said(999_950)).toBe("1M");
    expect(said(999_950_000)).toBe("1B");
    expect(said(-2_500_000)).toBe("-2.5M");
    expect(said(999)).toBe("999");
    expect(said(0)).toBe("0");
    expect(said(false)).toBe("0");
});
