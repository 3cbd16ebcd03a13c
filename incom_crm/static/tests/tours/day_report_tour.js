import { registry } from "@web/core/registry";

/** The end of the day: see what it was, open what a figure counted, write a line, end it. */
registry.category("web_tour.tours").add("incom_crm_day_report", {
    steps: () => [
        {
            content: "one call today",
            trigger: ".o_incom_figure[data-figure=calls]:contains('1')",
            run: "click",
        },
        {
            content: "it is this one",
            trigger: ".o_data_row:contains('Asked for a price')",
        },
        {
            content: "back to the day",
            trigger: ".o_back_button, .breadcrumb-item.o_back_button a",
            run: "click",
        },
        {
            trigger: ".o_incom_day [name=note] textarea",
            run: "edit Prices are the problem",
        },
        {
            content: "help is needed",
            trigger: ".o_incom_day [name=needs_help] input",
            run: "click",
        },
        {
            trigger: ".o_incom_day [name=help_text] input",
            run: "edit With the discount",
        },
        {
            trigger: ".o_statusbar_buttons button[name=action_close], .o_dropdown_more button[name=action_close]",
            run: "click",
        },
        {
            content: "the day is over",
            trigger: ".o_incom_day .ribbon:contains('Ended')",
        },
        {
            content: "the superior is told",
            trigger: ".o-mail-Message:contains('With the discount')",
        },
    ],
});
