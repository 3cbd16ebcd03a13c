import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

const PLACE = { latitude: 10.7769, longitude: 106.7009, accuracy: 15 };

/** Answer in the place of the device: with a place, or as somebody who does not allow it. */
function answerWith(place) {
    navigator.geolocation.getCurrentPosition = (found, refused) =>
        place ? found({ coords: place }) : refused({ code: 1 });
}

const arriveSteps = (place) => [
    {
        content: "from the customer's form",
        trigger: "[name=incom_buttons] button:has(.fa-map-marker)",
        run: "click",
    },
    {
        content: "one tap, and the visit goes on",
        trigger: ".o_incom_visit_arrive",
        run: async ({ click }) => {
            answerWith(place);
            await click();
        },
    },
    {
        trigger: `.o_incom_visit:contains('${place ? "Place noted" : "Without a place"}')`,
    },
];

/** A salesperson arrives, notes, reloads the page, plans the next step, offers, and leaves. */
registry.category("web_tour.tours").add("incom_crm_visit", {
    steps: () => [
        ...arriveSteps(PLACE),
        {
            content: "a type is proposed; this time it is a demonstration",
            trigger: ".o_incom_visit_type:contains('Demonstration')",
            run: "click",
        },
        {
            trigger: ".o_incom_visit_type[aria-checked=true]:contains('Demonstration')",
        },
        {
            content: "note what was said",
            trigger: ".o_incom_visit_note",
            run: "edit They ask for blue bags",
        },
        {
            content: "offer something",
            trigger: ".o_incom_visit_quotation",
            run: "click",
        },
        {
            content: "the quotation is the customer's",
            trigger: ".o_form_view [name=partner_id]",
            run: () => browser.history.back(),
        },
        {
            content: "the visit goes on with all that was entered",
            trigger:
                ".o_incom_visit:has(.o_incom_visit_type[aria-checked=true]:contains('Demonstration'))",
            run: () => {
                const note = document.querySelector(".o_incom_visit_note").value;
                if (note !== "They ask for blue bags") {
                    throw new Error(`The note reads: ${note}`);
                }
                browser.location.reload();
            },
            expectUnloadPage: true,
        },
        {
            content: "so it does after a reload",
            trigger: ".o_incom_visit:contains('Place noted') .o_incom_visit_step",
            run: "click",
        },
        {
            trigger: "#incom_visit_summary",
            run: "edit Send the sample",
        },
        {
            trigger: ".o_incom_visit_step_save",
            run: "click",
        },
        {
            trigger: ".o_incom_visit_step_saved",
        },
        {
            content: "every target can be hit, nothing is wider than the page",
            trigger: ".o_incom_visit_leave",
            run: () => {
                for (const target of document.querySelectorAll(".o_incom_visit_target")) {
                    if (target.getBoundingClientRect().height < 44) {
                        throw new Error(`Too small: ${target.textContent}`);
                    }
                }
                if (document.documentElement.scrollWidth > window.innerWidth) {
                    throw new Error("The page is wider than the screen");
                }
                document.querySelector(".o_incom_visit_leave").focus();
            },
        },
        {
            content: "by keyboard as well",
            trigger: ".o_incom_visit_leave",
            run: "press Enter",
        },
        {
            content: "the next customer may come",
            trigger: ".o_incom_visit_choose input, .o_incom_visit_arrive",
        },
    ],
});

/** Somebody who does not give his place visits all the same. */
registry.category("web_tour.tours").add("incom_crm_visit_without_place", {
    steps: () => [
        ...arriveSteps(false),
        {
            trigger: ".o_incom_visit_nobody",
            run: "click",
        },
        {
            trigger: ".o_incom_visit_choose input, .o_incom_visit_arrive",
        },
    ],
});

/** The menu asks for the customer first. */
registry.category("web_tour.tours").add("incom_crm_visit_choose", {
    steps: () => [
        {
            trigger: ".o_incom_visit_choose input",
            run: "edit Tour late",
        },
        {
            trigger: ".o_incom_visit_choose .dropdown-item:contains('Tour late')",
            run: "click",
        },
        {
            trigger: ".o_incom_visit_arrive",
            run: async ({ click }) => {
                answerWith(false);
                await click();
            },
        },
        {
            trigger: ".o_incom_visit_discard",
            run: "click",
        },
        {
            content: "as if nothing had been",
            trigger: ".o_incom_visit_arrive",
        },
    ],
});
