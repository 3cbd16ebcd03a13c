import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component, useState } from "@odoo/owl";

/** Why the reader sees this record, with whom it is shared, and the way to share it. */
export class WhyVisible extends Component {
    static template = "incom_crm.WhyVisible";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ open: false, told: null });
        useRecordObserver((record) => {
            if (record.resId !== this.resId) {
                this.resId = record.resId;
                Object.assign(this.state, { open: false, told: null });
            }
        });
    }

    get record() {
        return this.props.record;
    }

    async toggle() {
        this.state.open = !this.state.open;
        if (this.state.open) {
            await this.load();
        }
    }

    async load() {
        const { resModel, resId } = this.record;
        const told = await this.orm.call("incom.isolation", "why_visible", [resModel, resId]);
        if (resId === this.record.resId) {
            this.state.told = told;
        }
    }

    async end(share) {
        await this.orm.call("incom.customer.share", "action_end", [[share.id]]);
        await this.load();
    }

    share() {
        const { resModel, resId } = this.record;
        return this.action.doAction("incom_crm.customer_share_wizard_action", {
            additionalContext: { default_res_model: resModel, default_res_id: resId },
            onClose: () => this.load(),
        });
    }
}

registry.category("view_widgets").add("incom_why_visible", { component: WhyVisible });
