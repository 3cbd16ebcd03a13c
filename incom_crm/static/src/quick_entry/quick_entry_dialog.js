import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { KeepLast } from "@web/core/utils/concurrency";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

import { messageOf } from "../cockpit/message_of";
import { EntryForm } from "../entry/entry_form";

import { Component, onWillStart, useState } from "@odoo/owl";

const TYPING_PAUSE = 200;

/** Told on the bus when something was written down about a customer: ``{ customerId }``. */
export const WRITTEN_DOWN = "incom_crm:written-down";

/** Choose the customer, unless he is known; write one line; say what comes next. One save. */
export class QuickEntryDialog extends Component {
    static template = "incom_crm.QuickEntryDialog";
    static components = { Dialog, EntryForm };
    static props = {
        // { id, name }
        customer: { type: [Object, Boolean], optional: true },
        close: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.lastSearch = new KeepLast();
        this.state = useState({
            customer: this.props.customer || false,
            text: "",
            customers: [],
            loading: false,
            error: "",
        });
        this.search = useDebounced(() => this.find(), TYPING_PAUSE);
        useAutofocus({ refName: "search" });
        onWillStart(() => {
            if (!this.state.customer) {
                // not awaited: the dialog need not wait for its list
                this.find();
            }
        });
    }

    get title() {
        return _t("Write down what happened");
    }

    async find() {
        Object.assign(this.state, { loading: true, error: "" });
        try {
            this.state.customers = await this.lastSearch.add(
                this.orm.call("res.partner", "incom_find_customers", [this.state.text])
            );
        } catch (error) {
            this.state.error = messageOf(error);
        } finally {
            this.state.loading = false;
        }
    }

    onKeydown(ev) {
        // the first of the list is what the person typed towards
        if (ev.key === "Enter" && !ev.isComposing && this.state.customers.length) {
            ev.preventDefault();
            this.choose(this.state.customers[0]);
        }
    }

    choose(customer) {
        this.state.customer = customer;
    }

    chooseAnother() {
        this.state.customer = false;
        return this.find();
    }

    onSaved() {
        const { id, name } = this.state.customer;
        this.env.bus.trigger(WRITTEN_DOWN, { customerId: id });
        this.notification.add(_t("Written down: %s", name), { type: "success" });
        this.props.close();
    }
}
