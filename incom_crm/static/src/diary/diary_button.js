import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component } from "@odoo/owl";

/** From the header of a customer straight to the line of its diary. */
export class DiaryButton extends Component {
    static template = "incom_crm.DiaryButton";
    static props = { ...standardWidgetProps };

    async write(ev) {
        const form = ev.target.closest(".o_form_view");
        form.querySelector(".o_notebook_headers [name='incom_diary']")?.click();
        await new Promise(requestAnimationFrame);
        form.querySelector(".o_incom_entry_text")?.focus();
    }
}

registry.category("view_widgets").add("incom_diary_button", { component: DiaryButton });
