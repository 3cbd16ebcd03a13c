import { registry } from "@web/core/registry";

/** A leader sets a target for the people below, sees how far they are and opens what was counted. */
registry.category("web_tour.tours").add("incom_crm_target", {
    steps: () => [
        {
            content: "set targets for the team",
            trigger: ".o_list_view button:contains('Set for My Team')",
            run: "click",
        },
        {
            content: "everybody below is proposed",
            trigger: ".modal [name=user_ids]:contains('seller')",
        },
        {
            content: "so many calls",
            trigger: ".modal .o_data_row:has([name=metric]:contains('Calls')) [name=value]",
            run: "click",
        },
        {
            content: "enter them",
            trigger: ".modal .o_data_row [name=value] input",
            run: "edit 4",
        },
        {
            content: "set",
            trigger: ".modal footer button[name=action_apply]",
            run: "click",
        },
        {
            content: "the target stands there, with its share",
            trigger: ".o_list_view .o_data_row:has([name=progress]:contains('25')) button[name=action_open_actual]",
            run: "click",
        },
        {
            content: "the call that was counted",
            trigger: ".o_list_view .o_data_row:contains('Spoke with the buyer')",
        },
    ],
});
