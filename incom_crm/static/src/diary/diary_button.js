import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component, xml } from "@odoo/owl";

/** From the header of a customer straight to the line of its diary. */
export class DiaryButton extends Component {
    static template = xml`
        <button
            type="button"
            class="o_incom_action o_incom_write btn btn-primary"
            t-on-click="write"
        ><i class="fa fa-fw fa-pencil me-1" aria-hidden="true"/>Write</button>`;
    static props = { ...standardWidgetProps };

    async write(ev) {
        const form = ev.target.closest(".o_form_view");
        form.querySelector(".o_notebook_headers [name='incom_diary']")?.click();
        await new Promise(requestAnimationFrame);
        form.querySelector(".o_incom_entry_text")?.focus();
    }
}

registry.category("view_widgets").add("incom_diary_button", { component: DiaryButton });
