import { router } from "@web/core/browser/router";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

import { QuickEntryDialog } from "./quick_entry_dialog";

import { Component, onWillStart } from "@odoo/owl";

/** From anywhere two taps to a line in the diary; on a form the customer is known already. */
export class QuickEntry extends Component {
    static template = "incom_crm.QuickEntry";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        onWillStart(async () => {
            this.isShown = await user.hasGroup("incom_crm.group_care");
        });
    }

    async open() {
        this.dialog.add(QuickEntryDialog, { customer: await this.customerOfScreen() });
    }

    /** The customer whose form, or whose document's form, is open; whatever goes wrong, he is asked for. */
    async customerOfScreen() {
        const resModel = this.action.currentController?.action?.res_model;
        const { resId } = router.current;
        if (!resModel || typeof resId !== "number") {
            return false;
        }
        try {
            return await this.orm.call("res.partner", "incom_customer_of", [resModel, resId]);
        } catch {
            return false;
        }
    }
}

registry
    .category("systray")
    .add("incom_crm.quick_entry", { Component: QuickEntry }, { sequence: 60 });
