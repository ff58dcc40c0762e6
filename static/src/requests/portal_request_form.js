import {Interaction} from "@web/public/interaction";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";

// A question shorter than that says nothing of its topic.
const MIN_QUESTION = 8;
const PAUSE = 900;
const MEGABYTE = 1024 * 1024;

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

/** What every form with files does: say at once that a file is too large, send once. */
export class CommuneFileForm extends Interaction {
    static selector = ".o_commune_request_message, .o_commune_request_form";
    dynamicContent = {
        "input[type=file]": {"t-on-change": this.checkFiles},
        _root: {"t-on-submit": this.onSubmit},
        // A page that the browser brings back as it was may be sent again.
        _window: {"t-on-pageshow": () => (this.isSent = false)},
    };

    get limits() {
        const {maxFile, maxTotal, maxFiles} = this.el.dataset;
        return {file: Number(maxFile), total: Number(maxTotal), count: Number(maxFiles)};
    }

    checkFiles() {
        const input = this.el.querySelector("input[type=file]");
        const problem = this.findProblem([...input.files]);
        input.setCustomValidity(problem);
        input.classList.toggle("is-invalid", Boolean(problem));
        this.el.querySelector(".o_commune_file_problem").textContent = problem;
        return !problem;
    }

    findProblem(files) {
        const {file, total, count} = this.limits;
        const large = files.find((f) => f.size > file);
        if (large) {
            return _t("The file “%(name)s” is larger than %(limit)s MB.", {
                name: large.name,
                limit: file / MEGABYTE,
            });
        }
        if (files.length > count) {
            return _t("%s files at most for one sending.", count);
        }
        if (files.reduce((sum, f) => sum + f.size, 0) > total) {
            return _t("Your files weigh more than %s MB together.", total / MEGABYTE);
        }
        return "";
    }

    onSubmit(ev) {
        if (this.isSent || !this.checkFiles()) {
            ev.preventDefault();
            this.el.querySelector("input[type=file].is-invalid")?.focus();
            return;
        }
        if (!navigator.onLine) {
            ev.preventDefault();
            this.el.querySelector(".o_commune_offline")?.classList.remove("d-none");
            return;
        }
        this.isSent = true;
    }
}

/** Who answers, while the question is typed; the text survives a lost network. */
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
        document.querySelector("#request_problems")?.focus();
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
interactions.add("commune_relations.file_form", CommuneFileForm);
interactions.add("commune_relations.request_form", CommuneRequestForm);
interactions.add("commune_relations.request_created", CommuneRequestCreated);
