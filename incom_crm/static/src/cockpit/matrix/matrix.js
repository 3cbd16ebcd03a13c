import { formatInteger } from "@web/views/fields/formatters";

import { Component } from "@odoo/owl";

/** Customers by approach level, cared for or not: every number opens its list. */
export class Matrix extends Component {
    static template = "incom_crm.CockpitMatrix";
    static props = { matrix: Object, onOpen: Function };

    get lines() {
        return this.props.matrix.rows.map((row) => ({
            ...row,
            numbers: [...row.cells, row.total].map((cell, index) => ({
                cell,
                key: this.props.matrix.columns[index]?.id || "total",
                text: formatInteger(cell.count),
            })),
        }));
    }
}
