import { _t } from "@web/core/l10n/translation";
import { formatInteger, formatMonetary } from "@web/views/fields/formatters";

import { formatAmount } from "../../amount/amount";
import { change, toneIcon, toneText } from "../numbers";

import { Component } from "@odoo/owl";

/** One number that opens the list it counted. */
export class Tile extends Component {
    static template = "incom_crm.CockpitTile";
    static props = {
        id: String,
        tile: Object,
        currencyId: { type: [Number, Boolean], optional: true },
        onOpen: Function,
    };

    get count() {
        return formatInteger(this.props.tile.count);
    }

    /** A zero warns of nothing. */
    get tone() {
        return this.props.tile.count ? this.props.tile.tone : "";
    }

    get icon() {
        return toneIcon(this.tone, this.props.id);
    }

    get textClass() {
        return toneText(this.tone);
    }

    get hasAmount() {
        return typeof this.props.tile.amount === "number";
    }

    get amount() {
        return formatAmount(this.props.tile.amount).toString();
    }

    get fullAmount() {
        return formatMonetary(this.props.tile.amount, { currencyId: this.props.currencyId });
    }

    get change() {
        return change(this.props.tile);
    }

    get changeText() {
        return formatInteger(Math.abs(this.change));
    }

    get changeHelp() {
        return _t("%s in the period before", formatInteger(this.props.tile.previous)).toString();
    }

    /** What the number means, with the full amount. */
    get help() {
        const { help } = this.props.tile;
        return [this.hasAmount && this.fullAmount, help].filter(Boolean).join("\n");
    }
}
