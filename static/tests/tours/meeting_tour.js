import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";

const {send} = XMLHttpRequest.prototype;

/** As a tablet that loses the network: requests fail as the browser makes them fail. */
function cutNetwork() {
    XMLHttpRequest.prototype.send = function () {
        setTimeout(() => this.dispatchEvent(new Event("error")));
    };
}

function restoreNetwork() {
    XMLHttpRequest.prototype.send = send;
    browser.dispatchEvent(new Event("online"));
}

function checkTablet() {
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
        throw new Error(`The page scrolls sideways: ${root.scrollWidth} px`);
    }
    for (const target of document.querySelectorAll(
        ".o_meeting_screen :is(button, input, select)"
    )) {
        if (target.offsetParent && target.getBoundingClientRect().height < 44) {
            throw new Error(`Too small for a finger: ${target.outerHTML}`);
        }
    }
}

function tick() {
    return {trigger: ".o_ms_member:not(.o_ms_there) .o_ms_arrive", run: "click"};
}

const tours = registry.category("web_tour.tours");

tours.add("commune_relations.meeting_offline", {
    steps: () => [
        {trigger: "button[name=action_open_meeting]", run: "click"},
        {
            content: "The screen holds on a tablet",
            trigger: ".o_meeting_screen .o_ms_quorum:not(.o_ms_reached)",
            run: checkTablet,
        },
        {trigger: ".o_ms_present:contains(/^0$/)", run: cutNetwork},
        ...Array.from({length: 10}, (_, index) => [
            tick(),
            {trigger: `.o_ms_present:contains(/^${index + 1}$/)`},
        ]).flat(),
        {
            content: "The quorum is counted without network: 10 of 11 members, 6 needed",
            trigger: ".o_ms_quorum.o_ms_reached .o_ms_required:contains(6)",
        },
        {trigger: ".o_ms_sync.o_ms_waiting:contains(10)"},
        {trigger: ".o_ms_tabs button:last-child", run: "click"},
        {trigger: "textarea[name=notes]", run: "edit Noté sans réseau"},
        {
            trigger: "textarea[name=new_decision]",
            run: "edit Acheter le sel ensemble",
        },
        {trigger: ".o_ms_add", run: "click"},
        {trigger: ".o_ms_decision textarea[name=decision]"},
        {
            content: "What is on the device outlives the page",
            trigger: ".o_ms_sync.o_ms_waiting:contains(12)",
            run() {
                browser.location.reload();
            },
            expectUnloadPage: true,
        },
        {
            content: "The network is back with the page: everything leaves by itself",
            trigger: ".o_meeting_screen .o_ms_sync:not(.o_ms_waiting)",
        },
        {trigger: ".o_ms_present:contains(/^10$/)"},
    ],
});

tours.add("commune_relations.meeting_back_online", {
    steps: () => [
        {trigger: "button[name=action_open_meeting]", run: "click"},
        {trigger: ".o_ms_present:contains(/^10$/)", run: cutNetwork},
        {trigger: ".o_ms_member.o_ms_there:first .o_ms_leave", run: "click"},
        {trigger: ".o_ms_present:contains(/^9$/)"},
        {trigger: ".o_ms_sync.o_ms_waiting:contains(1)", run: restoreNetwork},
        {
            content: "The network comes back without a reload",
            trigger: ".o_ms_sync:not(.o_ms_waiting)",
        },
        {trigger: ".o_ms_present:contains(/^9$/)"},
    ],
});

tours.add("commune_relations.meeting_two_texts", {
    steps: () => [
        {trigger: "button[name=action_open_meeting]", run: "click"},
        {trigger: ".o_ms_tabs button:last-child", run: "click"},
        {
            trigger: ".o_ms_conflict .o_ms_saved:contains(bureau)",
        },
        {trigger: ".o_ms_conflict .o_ms_other:contains(tablette)"},
        {trigger: ".o_ms_conflict .o_ms_both", run: "click"},
        {trigger: ".o_ms_item:not(:has(.o_ms_conflict))"},
        {trigger: ".o_ms_sync:not(.o_ms_waiting)"},
    ],
});
