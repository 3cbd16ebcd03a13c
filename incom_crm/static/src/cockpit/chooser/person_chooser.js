import { SelectMenu } from "@web/core/select_menu/select_menu";

import { Component } from "@odoo/owl";

const INDENT = "\u2003";

/** Whose page: oneself first, then the people below, found by typing. */
export class PersonChooser extends Component {
    static template = "incom_crm.PersonChooser";
    static components = { SelectMenu };
    static props = { person: Object, people: Array, onChosen: Function };

    get choices() {
        return this.props.people.map(({ id, name, depth }) => ({
            value: id,
            label: INDENT.repeat(depth || 0) + name,
        }));
    }

    choose(id) {
        if (id && id !== this.props.person.id) {
            this.props.onChosen(id);
        }
    }
}
