import { registry } from "@web/core/registry";

const TOUCH_SIZE = 44;
const TARGETS = ".o_incom_cockpit button, .o_incom_cockpit a.btn, .o_incom_cockpit input.form-control";
const BACK = ".o_back_button, .breadcrumb-item a";

const page = (role) => `.o_incom_cockpit_columns[data-role=${role}]`;
const tile = (key) => `.o_incom_tile[data-tile=${key}]`;
const record = (name) => `.o_data_row:contains('${name}'), .o_kanban_record:contains('${name}')`;

/** The page fits the screen, and on a phone a thumb hits whatever can be touched. */
function checkFit() {
    const { scrollWidth, clientWidth } = document.documentElement;
    const cockpit = document.querySelector(".o_incom_cockpit");
    const content = cockpit.querySelector(".o_content");
    if (scrollWidth > clientWidth || content.scrollWidth > content.clientWidth) {
        const wide = [...content.querySelectorAll("*")].find(
            (element) =>
                !element.closest(".o_incom_scroll_box") &&
                element.getBoundingClientRect().right > window.innerWidth
        );
        throw new Error(`The page is ${scrollWidth}, its content ${content.scrollWidth} wide: ${wide?.outerHTML.slice(0, 200)}`);
    }
    if (window.innerWidth >= 768) {
        return;
    }
    for (const target of document.querySelectorAll(TARGETS)) {
        const { height, width } = target.getBoundingClientRect();
        if (width && Math.round(height) < TOUCH_SIZE) {
            throw new Error(`${target.className} is only ${height} pixels high`);
        }
    }
}

/** Through a number to its records, and back to the page. */
function thereAndBack(number, name, role) {
    return [
        { content: "open what the number counted", trigger: number, run: "click" },
        { content: "its records are listed", trigger: record(name) },
        { content: "back", trigger: BACK, run: "click" },
        { content: "the page is there again", trigger: page(role) },
    ];
}

registry.category("web_tour.tours").add("incom_crm_cockpit_salesperson", {
    steps: () => [
        {
            content: "a salesperson lands on his day",
            trigger: `${page("salesperson")} ${tile("all")}:contains('2')`,
            run: checkFit,
        },
        { content: "another period", trigger: ".o_incom_period", run: "click" },
        { content: "the last month", trigger: "[data-period=last_month]", run: "click" },
        {
            content: "a tile takes the focus of the keyboard",
            trigger: `.o_incom_cockpit:has([data-code=last_month]) ${tile("all")}`,
            run: ({ anchor }) => anchor.focus(),
        },
        { content: "and opens by it", trigger: `${tile("all")}:focus`, run: "press Enter" },
        { content: "as many customers as were counted", trigger: record("Tour late") },
        {
            content: "and nobody else's",
            trigger: `.o_action:not(:has(.o_data_row:contains('Tour of another'), .o_kanban_record:contains('Tour of another')))`,
        },
        { content: "back", trigger: BACK, run: "click" },
        {
            content: "the period is as it was chosen",
            trigger: `.o_incom_cockpit:has([data-code=last_month]) ${tile("all")}`,
        },
        ...thereAndBack(
            ".o_incom_matrix tr[data-row=all] [data-column=total]",
            "Tour regular",
            "salesperson"
        ),
        {
            content: "the late one is to be called first of all",
            trigger: ".o_incom_worklist_row:contains('Tour late') a[href='tel:0903111222']",
        },
        {
            content: "but wants to be left alone for now",
            trigger: ".o_incom_worklist_row:contains('Tour late') .o_incom_put_off",
            run: "click",
        },
        { content: "why", trigger: ".o_incom_say_text", run: "edit Back next week" },
        { content: "until tomorrow", trigger: ".o_incom_say_confirm:enabled", run: "click" },
        {
            content: "the row is gone, and counted as put off",
            trigger: `${page("salesperson")}:not(:has(.o_incom_worklist_row:contains('Tour late'))) ${tile("snoozed")}:contains('1')`,
        },
        {
            content: "one line for the superior",
            trigger: ".o_incom_day_note",
            run: "edit A calm day",
        },
        { content: "the day is done", trigger: ".o_incom_end_day", run: "click" },
        { content: "it says so", trigger: ".o_incom_day_closed", run: checkFit },
    ],
});

registry.category("web_tour.tours").add("incom_crm_cockpit_leader", {
    steps: () => [
        {
            content: "a leader lands on the team",
            trigger: `${page("leader")} [data-person]:contains('sale_a1')`,
            run: checkFit,
        },
        ...thereAndBack(
            "[data-person]:contains('sale_a1') [data-column=missed]",
            "Tour late",
            "leader"
        ),
        {
            content: "open a person's day",
            trigger: "[data-person]:contains('sale_a1') .o_incom_grid_person",
            run: "click",
        },
        {
            content: "it is the person's own page, without the end of the day",
            trigger: `${page("salesperson")}:not(:has(.o_incom_end_day)) ${tile("all")}:contains('2')`,
        },
        { content: "back to the team", trigger: BACK, run: "click" },
        {
            content: "give a directive",
            trigger: `${page("leader")} [data-person]:contains('sale_a1') .o_incom_grid_menu`,
            run: "click",
        },
        {
            content: "to the person",
            trigger: ".o-dropdown-item:contains('Give a directive')",
            run: "click",
        },
        {
            content: "it asks for a customer, a text and a day, and waits for all three",
            trigger:
                ".modal:has(.o-autocomplete--input):has(input[type=date]) .o_incom_say_confirm:disabled",
        },
        { content: "not now", trigger: ".modal-footer .btn-secondary", run: "click" },
        {
            content: "the numbers of a chart",
            trigger: "body:not(:has(.modal)) .o_incom_chart summary",
            run: "click",
        },
        ...thereAndBack(
            ".o_incom_chart tbody button:contains('sale_a1')",
            "Tour regular",
            "leader"
        ),
    ],
});

registry.category("web_tour.tours").add("incom_crm_cockpit_director", {
    steps: () => [
        {
            content: "a director lands on the company",
            trigger: `${page("director")} [data-person]:contains('leader_a')`,
            run: checkFit,
        },
        ...thereAndBack(tile("missed"), "Tour late", "director"),
        {
            content: "the own team instead",
            trigger: ".o_incom_roles [data-role=leader]",
            run: "click",
        },
        ...thereAndBack(
            `${page("leader")} .o_incom_matrix tr[data-row=all] [data-column=total]`,
            "Tour of another",
            "leader"
        ),
    ],
});
