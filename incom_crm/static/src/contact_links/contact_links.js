import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { Component } from "@odoo/owl";

/** Call and Zalo, one tap away, for a record with a phone number. */
export class ContactLinks extends Component {
    static template = "incom_crm.ContactLinks";
    static props = { ...standardWidgetProps };

    get phone() {
        return this.props.record.data.phone;
    }

    get callUrl() {
        return `tel:${this.phone.replace(/\s+/g, "")}`;
    }

    get zaloUrl() {
        return `https://zalo.me/${this.phone.replace(/\D/g, "")}`;
    }
}

export const contactLinks = {
    component: ContactLinks,
    fieldDependencies: [{ name: "phone", type: "char" }],
};

registry.category("view_widgets").add("incom_contact_links", contactLinks);
