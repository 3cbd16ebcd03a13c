import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

import { messageOf } from "../cockpit/message_of";
import { NextStep, emptyStep, isComplete, stepToSend } from "./next_step";

import { Component, onMounted, onWillStart, useRef, useState } from "@odoo/owl";

const ENTRY_CHANNELS = ["phone", "visit", "zalo", "email", "facebook", "sms", "other"];

export const CHANNEL_ICONS = {
    phone: "fa-phone",
    visit: "fa-handshake-o",
    email: "fa-envelope-o",
    sms: "fa-mobile",
    zalo: "fa-comment-o",
    facebook: "fa-facebook",
    web: "fa-globe",
    post: "fa-paper-plane-o",
    fax: "fa-fax",
    other: "fa-pencil",
};

/** One line of what happened with a customer and what comes next; whatever goes wrong, the text stays. */
export class EntryForm extends Component {
    static template = "incom_crm.EntryForm";
    static components = { NextStep };
    static props = {
        // the customer, or a person of his
        partnerId: Number,
        autofocus: { type: Boolean, optional: true },
        // () => Promise
        onSaved: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.fieldService = useService("field");
        this.entry = useRef("entry");
        this.icons = CHANNEL_ICONS;
        this.state = useState({
            ...this.emptyEntry(),
            channel: ENTRY_CHANNELS[0],
            saving: false,
            error: "",
        });
        onWillStart(async () => {
            const { channel } = await this.fieldService.loadFields("incom.interaction", {
                fieldNames: ["channel"],
            });
            this.labels = Object.fromEntries(channel.selection);
        });
        onMounted(() => this.props.autofocus && this.entry.el.focus());
    }

    emptyEntry() {
        return { body: "", outcome: "answered", step: emptyStep() };
    }

    get channels() {
        return ENTRY_CHANNELS.map((value) => ({ value, label: this.labels[value] }));
    }

    get outcomes() {
        return [
            { value: "answered", label: _t("Answered"), icon: "fa-check" },
            { value: "not_answered", label: _t("Not answered"), icon: "fa-times" },
        ];
    }

    get placeholder() {
        return _t("Write down what happened, then press Enter");
    }

    /** A call nobody took needs no words. */
    get canSave() {
        const { body, channel, outcome, saving, step } = this.state;
        const unanswered = channel === "phone" && outcome === "not_answered";
        return !saving && (unanswered || Boolean(body.trim())) && isComplete(step);
    }

    setChannel(channel) {
        this.state.channel = channel;
        this.entry.el.focus();
    }

    onKeydown(ev) {
        // Enter that ends a composed letter is no order to save
        if (ev.key === "Enter" && !ev.shiftKey && !ev.isComposing) {
            ev.preventDefault();
            this.save();
        }
    }

    async save() {
        if (!this.canSave) {
            return;
        }
        const { body, channel, outcome, step } = this.state;
        Object.assign(this.state, { saving: true, error: "" });
        try {
            await this.orm.call("res.partner", "incom_write_down", [
                [this.props.partnerId],
                body.trim(),
                channel,
                channel === "phone" ? outcome : false,
                stepToSend(step),
            ]);
            Object.assign(this.state, this.emptyEntry());
            await this.props.onSaved();
        } catch (error) {
            this.state.error = messageOf(error);
        } finally {
            this.state.saving = false;
            this.entry.el?.focus();
        }
    }
}
