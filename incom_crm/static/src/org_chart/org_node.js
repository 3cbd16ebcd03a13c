import { Component } from "@odoo/owl";

/** A person's card, with the cards of those below. */
export class OrgNode extends Component {
    static template = "incom_crm.OrgNode";
    static components = {};
    static props = { node: Object, chart: Object };

    get person() {
        return this.props.node.person;
    }

    get isFolded() {
        return this.props.chart.state.folded.has(this.person.id);
    }

    /** Where nobody below leads anybody, cards stand below each other, which keeps the chart narrow. */
    get isStacked() {
        return this.props.node.below.every((node) => !node.below.length);
    }
}
OrgNode.components = { OrgNode };
