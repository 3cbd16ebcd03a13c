import { registry } from "@web/core/registry";

/** An occasion that is not in use: whom it would touch today, before anything is saved. */
registry.category("web_tour.tours").add("incom_crm_care_trigger", {
    steps: () => [
        {
            content: "open an occasion",
            trigger: ".o_data_row [name=name]:contains('Tour occasion')",
            run: "click",
        },
        {
            content: "nobody is due",
            trigger: "[name=action_open_due] .o_stat_value:contains(/^0$/)",
        },
        {
            content: "ask earlier",
            trigger: ".o_field_widget[name=days] input",
            run: "edit 1 && press Tab",
        },
        {
            content: "in words",
            trigger: "[name=explanation]:contains('1 days after the last purchase')",
        },
        {
            content: "one is due now: who?",
            trigger: "[name=action_open_due]:has(.o_stat_value:contains(/^1$/))",
            run: "click",
        },
        {
            content: "the customer that was counted",
            trigger: ".o_list_view .o_data_row:only-of-type:contains('Tour buyer')",
        },
    ],
});
