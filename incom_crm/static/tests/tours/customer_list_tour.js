import { registry } from "@web/core/registry";

const TOUCH_SIZE = 44;

/** A salesperson looks for the customer who is late, and opens it. */
registry.category("web_tour.tours").add("incom_crm_customer_list", {
    steps: () => [
        {
            content: "all my customers are listed on a desk, another's is not",
            isActive: ["desktop"],
            trigger:
                ".o_list_view:has(.o_data_row:contains('Tour regular')):not(:has(.o_data_row:contains('Tour of another')))",
        },
        {
            content: "the late one says so in words",
            isActive: ["desktop"],
            trigger: ".o_data_row:contains('Tour late') .o_incom_status[data-status=missed]",
        },
        {
            content: "open the filters",
            isActive: ["desktop"],
            trigger: ".o_searchview_dropdown_toggler",
            run: "click",
        },
        {
            content: "choose the missed ones",
            isActive: ["desktop"],
            trigger: ".o_filter_menu .o_menu_item:contains('Missed')",
            run: "click",
        },
        {
            content: "only the late one is left",
            isActive: ["desktop"],
            trigger:
                ".o_list_view:not(:has(.o_data_row:contains('Tour regular'))) .o_data_row:contains('Tour late') [name=complete_name]",
            run: "click",
        },
        {
            content: "cards on a phone, with links to call and write",
            isActive: ["mobile"],
            trigger:
                ".o_kanban_record:contains('Tour late'):has(a.o_incom_call[href='tel:0903111222']):has(a.o_incom_zalo[href='https://zalo.me/0903111222'])",
        },
        {
            content: "open the late one",
            isActive: ["mobile"],
            trigger: ".o_kanban_record:contains('Tour late')",
            run: "click",
        },
        {
            content: "the customer at a glance",
            trigger:
                ".o_incom_header [name=incom_tile_next] .o_incom_status[data-status=late]",
        },
        {
            content: "nothing is wider than the screen",
            trigger: ".o_form_view .o_incom_explanation",
            run() {
                const { scrollWidth, clientWidth } = document.documentElement;
                const content = document.querySelector(".o_content");
                if (scrollWidth > clientWidth || content.scrollWidth > content.clientWidth) {
                    throw new Error("The page scrolls sideways");
                }
            },
        },
        {
            content: "a thumb hits every button",
            isActive: ["mobile"],
            trigger: ".o_incom_diary .o_incom_entry_text",
            run() {
                const targets = document.querySelectorAll(
                    ".o_incom_header button, .o_incom_header a.btn, .o_incom_diary .btn"
                );
                for (const target of targets) {
                    const { height } = target.getBoundingClientRect();
                    if (height < TOUCH_SIZE) {
                        throw new Error(`${target.textContent} is only ${height} pixels high`);
                    }
                }
            },
        },
    ],
});
