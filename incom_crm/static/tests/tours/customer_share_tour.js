import { registry } from "@web/core/registry";

const WHY = ".o_incom_why_visible";

const ask = [
    {
        content: "why can I see this?",
        trigger: `${WHY} > button[aria-expanded=false]`,
        run: "click",
    },
    {
        content: "it is told in one sentence",
        trigger: `${WHY} .o_incom_reason:contains('Your own customer')`,
    },
];

/** A salesperson asks why he sees a customer, shares it with a colleague and ends the share. */
registry.category("web_tour.tours").add("incom_crm_customer_share", {
    steps: () => [
        ...ask,
        {
            content: "share it",
            trigger: `${WHY} .o_incom_share_button`,
            run: "click",
        },
        {
            content: "type whom with",
            trigger: ".modal .o_field_widget[name=user_id] input",
            run: "edit colleague",
        },
        {
            content: "choose the colleague",
            trigger: ".o-autocomplete--dropdown-menu .o-autocomplete--dropdown-item:contains('colleague')",
            run: "click",
        },
        {
            content: "say why",
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit Joins the visit on Thursday",
        },
        {
            content: "share",
            trigger: ".modal footer button[name=action_share]",
            run: "click",
        },
        {
            content: "it stands among the shares",
            trigger: `${WHY} .o_incom_share:contains('Joins the visit on Thursday')`,
        },
        {
            content: "end it",
            trigger: `${WHY} .o_incom_share button:contains('End')`,
            run: "click",
        },
        {
            content: "it is gone",
            trigger: `${WHY}:not(:has(.o_incom_share)) .o_incom_reason`,
        },
    ],
});

/** The reason alone, on a small screen. */
registry.category("web_tour.tours").add("incom_crm_why_visible", { steps: () => ask });
