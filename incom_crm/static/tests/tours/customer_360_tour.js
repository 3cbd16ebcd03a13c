import { registry } from "@web/core/registry";

const ENTRY = ".o_incom_entry_text";

/** A salesperson writes down a call, sees the alert go, then decides about the level by hand. */
registry.category("web_tour.tours").add("incom_crm_customer_360", {
    steps: () => [
        {
            content: "the customer was missed",
            trigger: "[name=incom_tile_care] .o_incom_status[data-status=missed]",
        },
        {
            content: "a line without words is not saved",
            trigger: ".o_incom_save:disabled",
        },
        {
            content: "go and write",
            trigger: ".o_incom_write",
            run: "click",
        },
        {
            content: "it was a visit",
            trigger: ".o_incom_chip[data-channel=visit]",
            run: "click",
        },
        {
            content: "a visit has no outcome of a call",
            trigger: ".o_incom_diary:not(:has([data-outcome]))",
        },
        {
            content: "no, a call",
            trigger: ".o_incom_chip[data-channel=phone]",
            run: "click",
        },
        {
            content: "write what was said",
            trigger: ENTRY,
            run: "edit Waits for the new price, call again on Monday",
        },
        {
            content: "Enter saves",
            trigger: ENTRY,
            run: "press Enter",
        },
        {
            content: "the line stands in the diary",
            trigger:
                ".o_incom_row[data-channel=phone]:contains('call again on Monday') .o_incom_status[data-status=two_way]",
        },
        {
            content: "the entry is empty again",
            trigger: ".o_incom_save:disabled:not(:has(.fa-spin))",
        },
        {
            content: "the alert is gone at once",
            trigger: "[name=incom_tile_care] .o_incom_status[data-status=ok]",
        },
        {
            content: "show calls only",
            trigger: ".o_incom_chip[data-filter=phone]",
            run: "click",
        },
        {
            content: "it is pressed",
            trigger: ".o_incom_chip[data-filter=phone][aria-pressed=true]",
        },
        {
            content: "decide by hand",
            trigger: "[name=incom_buttons] button:has(.fa-thumb-tack)",
            run: "click",
        },
        {
            content: "choose a level",
            trigger: ".modal [name=level_id] .o_radio_item:contains('Good Partner') input",
            run: "click",
        },
        {
            content: "a reason that says nothing is refused",
            trigger: ".modal [name=reason] input",
            run: "edit x",
        },
        {
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            trigger: ".modal:contains('at least 5 characters') .modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "a real reason",
            trigger: ".modal [name=reason] input",
            run: "edit They signed a frame contract",
        },
        {
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "the level is pinned",
            trigger:
                "body:not(:has(.modal)) [name=incom_tile_level]:has(.fa-thumb-tack):contains('Good Partner')",
        },
        {
            content: "the decision is in the history",
            trigger: ".o_notebook_headers [name=incom_decisions]",
            run: "click",
        },
        {
            trigger: "[name=customer_pin_ids] .o_data_row:contains('They signed a frame contract')",
        },
    ],
});
