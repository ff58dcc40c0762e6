import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";

const {open, send} = XMLHttpRequest.prototype;

/**
 * Simulate the loss of network of a tablet: calls of the screen fail as in a browser. Other calls
 * of Odoo still work, since their errors would stop the tour.
 */
function cutNetwork() {
    XMLHttpRequest.prototype.open = function (method, url, ...others) {
        this.isCut = String(url).includes("/commune.session/");
        return open.call(this, method, url, ...others);
    };
    XMLHttpRequest.prototype.send = function (...values) {
        if (this.isCut) {
            setTimeout(() => this.dispatchEvent(new Event("error")));
        } else {
            send.apply(this, values);
        }
    };
}

function restoreNetwork() {
    Object.assign(XMLHttpRequest.prototype, {open, send});
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

tours.add("commune_relations.meeting_no_quorum", {
    steps: () => [
        {trigger: "button[name=action_open_meeting]", run: "click"},
        {content: "The chair opens", trigger: ".o_ms_actions .btn-primary", run: "click"},
        {trigger: ".o_ms_actions:not(:has(.btn-primary))"},
        tick(),
        {trigger: ".o_ms_quorum.o_ms_lacking .o_ms_present:contains(/^1$/)"},
        {trigger: ".o_ms_tabs button:last-child", run: "click"},
        {trigger: ".o_ms_decisions .o_ms_no_quorum:contains(2121-17)"},
        {trigger: "textarea[name=new_decision]", run: "edit Acheter le sel ensemble"},
        {trigger: ".o_ms_add", run: "click"},
        {
            content: "It is asked, and nothing is noted",
            trigger: ".modal-body:contains(2121-17)",
            run() {
                if (document.querySelector("textarea[name=decision]")) {
                    throw new Error("The decision is noted before the answer");
                }
            },
        },
        {trigger: ".modal-footer .btn-secondary", run: "click"},
        {trigger: "body:not(:has(.modal)) .o_ms_decisions:not(:has(textarea[name=decision]))"},
        {trigger: ".o_ms_add", run: "click"},
        confirmStep,
        {trigger: "textarea[name=decision]"},
        {trigger: ".o_ms_tabs button:first-child", run: "click"},
        ...Array.from({length: 5}, (_, index) => [
            tick(),
            {trigger: `.o_ms_present:contains(/^${index + 2}$/)`},
        ]).flat(),
        {trigger: ".o_ms_quorum.o_ms_reached:not(.o_ms_lacking)"},
        {trigger: ".o_ms_tabs button:last-child", run: "click"},
        {
            content: "With the quorum, nothing is asked",
            trigger: ".o_ms_decisions:not(:has(.o_ms_no_quorum))",
        },
        {trigger: "textarea[name=new_decision]", run: "edit Acheter aussi du sable"},
        {trigger: ".o_ms_add", run: "click"},
        {trigger: ".o_ms_decision:nth-of-type(2) textarea[name=decision]"},
        {trigger: ".o_ms_sync:not(.o_ms_waiting)"},
    ],
});

tours.add("commune_relations.meeting_by_video", {
    steps: () => [
        {trigger: "button[name=action_open_meeting]", run: "click"},
        {trigger: ".o_ms_member:not(.o_ms_there) .o_ms_remote"},
    ],
});

tours.add("commune_relations.meeting_in_one_room", {
    steps: () => [
        {trigger: "button[name=action_open_meeting]", run: "click"},
        {
            content: "Nobody is offered the video",
            trigger: ".o_ms_member .o_ms_arrive",
            run() {
                if (document.querySelector(".o_ms_remote, .o_ms_switch")) {
                    throw new Error("A member of a municipal council is offered the video");
                }
            },
        },
        tick(),
        {
            trigger: ".o_ms_there .o_ms_leave",
            run() {
                if (document.querySelector(".o_ms_remote, .o_ms_switch")) {
                    throw new Error("Who is there is offered the video");
                }
            },
        },
        {trigger: ".o_ms_sync:not(.o_ms_waiting)"},
    ],
});

const confirmStep = {trigger: ".modal-footer .btn-primary", run: "click"};

tours.add("commune_relations.meeting_to_minutes", {
    steps: () => [
        {trigger: "button[name=action_open_meeting]", run: "click"},
        {content: "The chair opens", trigger: ".o_ms_actions .btn-primary", run: "click"},
        {trigger: ".o_ms_actions:not(:has(.btn-primary))"},
        tick(),
        {trigger: ".o_ms_present:contains(/^1$/)"},
        {trigger: "textarea[name=notes]", run: "edit Le bilan est présenté."},
        {content: "Treated, next item", trigger: ".o_ms_next", run: "click"},
        {trigger: ".o_ms_item h2:contains(Groupement)"},
        {trigger: "textarea[name=outcome]", run: "edit Le groupement est lancé."},
        {trigger: "textarea[name=new_decision]", run: "edit Acheter le sel ensemble"},
        {trigger: ".o_ms_add", run: "click"},
        {trigger: ".o_ms_decision select[name=owner]", run: "selectByLabel Vera VICE"},
        {
            trigger: ".o_ms_decision input[name=deadline]",
            run({anchor}) {
                anchor.value = "2026-01-31";
                anchor.dispatchEvent(new Event("change", {bubbles: true}));
            },
        },
        {trigger: ".o_ms_decision textarea[name=decision]", run: "click"},
        {trigger: ".o_ms_sync:not(.o_ms_waiting)"},
        {
            content: "Close the session",
            trigger: ".o_ms_close",
            run: "click",
        },
        confirmStep,
        {trigger: ".o_ms_actions:not(:has(.o_ms_close)) .o_ms_undo"},
        {trigger: ".o_ms_sync:not(.o_ms_waiting)"},
        {trigger: ".o_ms_sheet", run: "click"},
        {trigger: "button[name=action_prepare_minutes]", run: "click"},
        {trigger: "button[name=action_send_minutes]", run: "click"},
        confirmStep,
        {trigger: "button[name=action_approve_minutes]"},
    ],
});

tours.add("commune_relations.meeting_next_session", {
    steps: () => [
        {
            content: "The late decision comes before the other items",
            trigger: "div[name=item_ids] .o_data_row:first:contains(ESSAI-):contains(sel ensemble)",
        },
        {trigger: "div[name=item_ids] .o_data_row:contains(Bilan)"},
    ],
});

tours.add("commune_relations.meeting_approved", {
    steps: () => [
        {trigger: "button[name=action_approve_minutes]", run: "click"},
        confirmStep,
        {trigger: "div[name=minutes_approved_session_id]"},
    ],
});
