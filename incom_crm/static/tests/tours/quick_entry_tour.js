import { registry } from "@web/core/registry";

const DIALOG = ".o_incom_quick_dialog";

/** From a list: two taps to the line, one save for what happened and what comes next. */
registry.category("web_tour.tours").add("incom_crm_quick_entry", {
    steps: () => [
        {
            content: "the screen is there",
            trigger: ".o_incom_customers:contains('Tour customer'), .o_list_view:contains('Tour customer')",
        },
        {
            content: "from anywhere",
            trigger: ".o_menu_systray .o_incom_quick_entry",
            run: "click",
        },
        {
            content: "customers are offered before anything is typed",
            trigger: `${DIALOG} .o_incom_quick_choice:contains('Tour customer')`,
        },
        {
            content: "by phone number",
            trigger: `${DIALOG} .o_incom_quick_search`,
            run: "edit 0903 777",
        },
        {
            trigger: `${DIALOG} .list-group:not(:has(.o_incom_quick_choice:contains('Tour other')))`,
        },
        {
            trigger: `${DIALOG} .o_incom_quick_choice:contains('Tour customer')`,
            run: "click",
        },
        {
            content: "one line",
            trigger: `${DIALOG} textarea.o_incom_entry_text`,
            run: "edit They want samples of the new bag",
        },
        {
            content: "a promise without words is not saved",
            trigger: `${DIALOG} [data-step=promise]`,
            run: "click",
        },
        {
            trigger: `${DIALOG} .o_incom_save:disabled`,
        },
        {
            content: "in three days",
            trigger: `${DIALOG} [data-day='1']`,
            run: "click",
        },
        {
            trigger: `${DIALOG} [data-day='1'][aria-pressed=true]`,
        },
        {
            trigger: `${DIALOG} .o_incom_step_text`,
            run: "edit Send samples",
        },
        {
            content: "one save",
            trigger: `${DIALOG} .o_incom_save:enabled`,
            run: "click",
        },
        {
            content: "done and said so",
            trigger: "body:not(:has(.modal)) .o_notification:contains('Tour customer')",
        },
    ],
});

/** On a customer's form the customer is known, and the diary shows the line at once. */
registry.category("web_tour.tours").add("incom_crm_quick_entry_on_form", {
    steps: () => [
        {
            content: "a promise is overdue",
            trigger: ".o_incom_promise:contains('Bring the catalogue')",
        },
        {
            content: "put it off",
            trigger: ".o_incom_promise .o_incom_put_off",
            run: "click",
        },
        {
            trigger: ".modal .o_incom_say_text",
            run: "edit The printer is late",
        },
        {
            trigger: ".modal .o_incom_say_confirm:enabled",
            run: "click",
        },
        {
            content: "one is left",
            trigger:
                "body:not(:has(.modal)):not(:has(.o_incom_promise:contains('Bring the catalogue'))) .o_incom_promise:contains('Call the boss')",
        },
        {
            content: "kept with one tap",
            trigger: ".o_incom_promise .o_incom_keep",
            run: "click",
        },
        {
            content: "none is left",
            trigger: ".o_incom_header:not(:has(.o_incom_promise))",
        },
        {
            content: "write",
            trigger: ".o_menu_systray .o_incom_quick_entry",
            run: "click",
        },
        {
            trigger: `${DIALOG} .o_incom_quick_customer:contains('Tour customer')`,
        },
        {
            trigger: `${DIALOG} textarea.o_incom_entry_text`,
            run: "edit Paid the old invoice",
        },
        {
            content: "Enter saves",
            trigger: `${DIALOG} textarea.o_incom_entry_text`,
            run: "press Enter",
        },
        {
            content: "the diary behind shows it",
            trigger: "body:not(:has(.modal)) .o_incom_diary .o_incom_row:contains('Paid the old invoice')",
        },
    ],
});
