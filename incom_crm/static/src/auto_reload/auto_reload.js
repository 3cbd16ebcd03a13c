import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component, onMounted, onWillUnmount, xml } from "@odoo/owl";

// Milliseconds between two looks at a record that a job works on.
export const RELOAD_INTERVAL = 3000;

/** Reads the record again and again as long as it stands on the form: for work in the background. */
export class AutoReload extends Component {
    static template = xml`<span class="d-none"/>`;
    static props = { ...standardWidgetProps };

    setup() {
        let timer;
        onMounted(() => {
            timer = setInterval(() => this.reload(), RELOAD_INTERVAL);
        });
        onWillUnmount(() => clearInterval(timer));
    }

    async reload() {
        if (!document.hidden) {
            await this.props.record.load();
        }
    }
}

registry.category("view_widgets").add("incom_auto_reload", { component: AutoReload });
