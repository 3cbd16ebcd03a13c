import { Dropdown } from "@web/core/dropdown/dropdown";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { session } from "@web/session";

import { Component, useState } from "@odoo/owl";

/** Tells whoever decides about it that isolation is off; he may be left in peace for a week. */
export class IsolationReminder extends Component {
    static template = "incom_crm.IsolationReminder";
    static components = { Dropdown };
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dropdown = useDropdownState();
        this.state = useState({ shown: session.incom_isolation_reminder });
    }

    prepare() {
        this.dropdown.close();
        return this.action.doAction("incom_crm.isolation_switch_action");
    }

    async later() {
        this.state.shown = false;
        // a page of the session that is loaded again asks the server
        session.incom_isolation_reminder = false;
        await this.orm.call("res.users", "incom_remind_of_isolation_later", []);
    }
}

registry
    .category("systray")
    .add("incom_crm.isolation_reminder", { Component: IsolationReminder }, { sequence: 90 });
