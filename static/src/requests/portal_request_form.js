import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";

// A shorter question is not enough to guess its topic.
const MIN_QUESTION = 8;
const PAUSE = 900;

function draftKey(uid) {
    return `commune_request_draft_${uid}`;
}

/** The browser may refuse to keep anything: the form works without. */
function store(action) {
    try {
        return action(window.localStorage);
    } catch {
        return null;
    }
}

/** Who answers, while the question is typed; the text survives a loss of network. */
export class CommuneRequestForm extends Interaction {
    static selector = ".o_commune_request_form";
    dynamicContent = {
        _root: {"t-on-input": this.saveDraft},
        "#request_question": {
            "t-on-input": this.debounced(this.orient, PAUSE),
            "t-on-change": this.orient,
        },
        "#request_name": {"t-on-input": this.onName},
        "#request_topic": {"t-on-change": (ev) => (this.choice = ev.target.value)},
        ".o_commune_give_up": {"t-on-click": this.dropDraft},
        "#request_commune_id": {"t-on-change": this.orientAgain},
    };

    setup() {
        this.question = this.el.querySelector("#request_question");
        this.name = this.el.querySelector("#request_name");
        this.texts = [...this.el.querySelectorAll("textarea, input[type=text]")];
        this.key = draftKey(this.el.dataset.draft);
        this.asked = this.question.value.trim();
        this.isNamed = Boolean(this.name.value);
        this.choice = this.el.querySelector("input[name=topic_id]:checked")?.value;
        this.el.querySelector(".o_commune_orient_button").classList.add("d-none");
        document.querySelector(".o_commune_first_problem")?.focus();
    }

    start() {
        this.restoreDraft();
    }

    saveDraft() {
        const kept = this.texts.map(({name, value}) => [name, value]);
        store((local) => local.setItem(this.key, JSON.stringify(Object.fromEntries(kept))));
    }

    dropDraft() {
        store((local) => local.removeItem(this.key));
    }

    restoreDraft() {
        const kept = store((local) => JSON.parse(local.getItem(this.key)));
        if (!kept?.question || this.question.value) {
            return;
        }
        for (const field of this.texts) {
            field.value = kept[field.name] || "";
        }
        this.isNamed = Boolean(this.name.value);
        this.el.querySelector(".o_commune_draft").classList.remove("d-none");
        this.orient();
    }

    onName() {
        this.isNamed = Boolean(this.name.value);
    }

    orientAgain() {
        this.asked = "";
        return this.orient();
    }

    async orient() {
        const question = this.question.value.trim();
        if (question.length < MIN_QUESTION || question === this.asked) {
            return;
        }
        this.asked = question;
        const found = await this.waitFor(
            rpc("/my/requests/orient", {
                question,
                commune_id: Number(this.el.elements.commune_id.value),
                // The page before may have chosen.
                topic_id: new URLSearchParams(window.location.search).get("topic") || "",
                short: this.el.elements.short?.value || "",
            }).catch(() => null)
        );
        // Without an answer the server is asked when the form is sent.
        if (!found || question !== this.asked) {
            return;
        }
        this.protectSyncAfterAsync(() => this.show(found))();
    }

    show({html, title}) {
        const place = this.el.querySelector("#request_topic");
        place.innerHTML = html;
        // What the person chose stays chosen as long as it is proposed.
        const kept = [...place.querySelectorAll("input[name=topic_id]")].find(
            ({value}) => value === this.choice
        );
        if (kept) {
            kept.checked = true;
            kept.closest("details")?.setAttribute("open", "");
        }
        if (!this.isNamed) {
            this.name.value = title;
            this.saveDraft();
        }
    }
}

/** A request that is filed needs no draft any more. */
export class CommuneRequestCreated extends Interaction {
    static selector = ".o_commune_request_created";

    start() {
        store((local) => local.removeItem(draftKey(this.el.dataset.draft)));
    }
}

const interactions = registry.category("public.interactions");
interactions.add("commune_relations.request_form", CommuneRequestForm);
interactions.add("commune_relations.request_created", CommuneRequestCreated);
