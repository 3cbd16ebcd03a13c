import { registry } from "@web/core/registry";

const SELLER = ".o_incom_org_node:has(> .o_incom_org_place:contains(Tour Seller))";
const BOSS = ".o_incom_org_node:has(> .o_incom_org_place:contains(Tour Boss))";

registry.category("web_tour.tours").add("incom_crm_org_chart", {
    steps: () => [
        {
            content: "Without superior at first",
            trigger: `.o_incom_org_alone ${SELLER} .o_incom_org_move`,
            run: "click",
        },
        {
            trigger: ".modal input[type=search]",
            run: "edit tour bo",
        },
        {
            trigger: ".o_incom_move_list:not(:contains(Tour Admin)) button:contains(Tour Boss)",
            run: "click",
        },
        {
            content: "Below the superior now",
            trigger: `.o_incom_org_tree ${BOSS} ul ${SELLER}`,
        },
        {
            content: "Nothing wider than the screen",
            trigger: "body",
            run() {
                const chart = document.querySelector(".o_incom_org_chart");
                const narrow = document.documentElement.clientWidth < 768;
                if (narrow && chart.scrollWidth > chart.clientWidth) {
                    throw new Error(`${chart.scrollWidth} px in ${chart.clientWidth}`);
                }
            },
        },
    ],
});
