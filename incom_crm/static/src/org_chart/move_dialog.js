import { Dialog } from "@web/core/dialog/dialog";
import { normalizedMatch } from "@web/core/l10n/utils";
import { useAutofocus } from "@web/core/utils/hooks";

import { Component, useState } from "@odoo/owl";

/** Choose a superior without dragging: by touch, or by keyboard. */
export class MoveDialog extends Component {
    static template = "incom_crm.MoveDialog";
    static components = { Dialog };
    static props = {
        person: Object,
        candidates: Array,
        onChosen: Function,
        close: Function,
    };

    setup() {
        this.state = useState({ text: "" });
        useAutofocus({ refName: "search", mobile: false });
    }

    get found() {
        return this.props.candidates.filter(
            ({ name }) => !this.state.text || normalizedMatch(name, this.state.text).match
        );
    }

    choose(managerId) {
        this.props.close();
        this.props.onChosen(managerId);
    }
}
