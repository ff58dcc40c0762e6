import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";

// A shorter question is not enough to guess its topic.
const MIN_QUESTION = 8;
const PAUSE = 900;

/** Who answers, while the question is typed. */
export class CommuneRequestForm extends Interaction {
    static selector = ".o_commune_request_form";
    dynamicContent = {
        "#request_question": {
            "t-on-input": this.debounced(this.orient, PAUSE),
            "t-on-change": this.orient,
        },
        "#request_name": {"t-on-input": this.onName},
        "#request_topic": {"t-on-change": (ev) => (this.choice = ev.target.value)},
        "#request_commune_id": {"t-on-change": this.orientAgain},
    };

    setup() {
        this.question = this.el.querySelector("#request_question");
        this.name = this.el.querySelector("#request_name");
        this.asked = this.question.value.trim();
        this.isNamed = Boolean(this.name.value);
        this.choice = this.el.querySelector("input[name=topic_id]:checked")?.value;
        this.el.querySelector(".o_commune_orient_button").classList.add("d-none");
        document.querySelector(".o_commune_first_problem")?.focus();
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
        }
    }
}

registry.category("public.interactions").add("commune_relations.request_form", CommuneRequestForm);
