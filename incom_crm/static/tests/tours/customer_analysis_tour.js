import { registry } from "@web/core/registry";

/** From a number to the customers it counts, to one of them. */
registry.category("web_tour.tours").add("incom_crm_customer_analysis", {
    steps: () => [
        {
            content: "customers by level, cared for and not",
            trigger: ".o_pivot th:contains('Not cared for')",
        },
        {
            content: "open the numbers behind a cell",
            trigger: ".o_pivot tbody tr:last-child td.o_pivot_cell_value:not(.o_empty) .o_value",
            run: "click",
        },
        {
            content: "its customers",
            trigger: ".o_list_view .o_data_row [name=partner_id]",
            run: "click",
        },
        {
            content: "the customer itself",
            trigger: ".o_form_view .o_incom_header",
        },
    ],
});
