import { registry } from "@web/core/registry";

/** From the list of meetings nobody told about: one tap each. */
registry.category("web_tour.tours").add("incom_crm_meeting_results", {
    steps: () => [
        {
            content: "held, with one tap",
            trigger:
                ".o_data_row:contains('First talk') button[name=action_outcome_held], " +
                ".o_kanban_record:contains('First talk') button[name=action_outcome_held]",
            run: "click",
        },
        {
            content: "it is off the list",
            trigger: ".o_view_controller:not(:contains('First talk')):contains('Second talk')",
        },
        {
            content: "the other one was cancelled",
            trigger:
                ".o_data_row:contains('Second talk') button[name=action_outcome_cancelled], " +
                ".o_kanban_record:contains('Second talk') button[name=action_outcome_cancelled]",
            run: "click",
        },
        {
            trigger: ".o_view_nocontent:contains('Every meeting has its result')",
        },
    ],
});

/** In the meeting's form, with a line of what was said. */
registry.category("web_tour.tours").add("incom_crm_meeting_held", {
    steps: () => [
        {
            trigger: ".alert [name=outcome_text] textarea",
            run: "edit They signed",
        },
        {
            trigger: ".alert button[name=action_outcome_held]",
            run: "click",
        },
        {
            content: "it is answered",
            trigger: ".o_form_view:not(:has(.alert [name=outcome_text])) [name=outcome_text]",
        },
    ],
});
