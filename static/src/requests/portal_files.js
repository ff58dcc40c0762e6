import {Interaction} from "@web/public/interaction";
import {_t} from "@web/core/l10n/translation";
import {makeUid} from "../core/uid";
import {registry} from "@web/core/registry";
import {isPhoto, reducePhoto} from "./portal_photo";

const MEGABYTE = 1024 * 1024;
// A file of which nothing leaves any more for that long is sent again (milliseconds).
const STALLED = 30000;
const AGAIN = 10000;

/**
 * The files of a form leave as soon as they are chosen, one after the other; the form carries
 * their names. A cut of the network stops at one of them, which is sent again under the same name:
 * the server keeps it once.
 */
export class CommuneFiles extends Interaction {
    static selector = ".o_commune_file_block";
    dynamicContent = {
        "input[type=file]": {"t-on-change": this.onChoose},
        ".o_commune_keep_place input": {"t-on-change": this.onKeepPlace},
        _root: {"t-on-click": this.onClick},
        _window: {
            "t-on-online": this.resume,
            "t-on-offline": this.stop,
            // A page that the browser brings back as it was may be sent again.
            "t-on-pageshow": () => (this.isSent = false),
        },
    };

    setup() {
        this.form = this.el.closest("form");
        this.input = this.el.querySelector("input[type=file]");
        this.keepPlace = this.el.querySelector(".o_commune_keep_place input");
        this.list = this.el.querySelector(".o_commune_uploads");
        this.model = this.list.querySelector("[hidden]");
        this.files = [];
    }

    start() {
        this.addListener(this.form, "submit", this.onSubmit);
        this.registerCleanup(() => {
            this.stop();
            this.files.forEach(this.dropPhoto);
        });
        if (this.input.files.length) {
            // Chosen before the program was there.
            this.onChoose();
        }
    }

    // What is chosen

    onChoose() {
        for (const file of this.input.files) {
            const line = this.model.cloneNode(true);
            line.hidden = false;
            line.querySelector(".o_commune_upload_name").textContent = file.name;
            line.querySelector("progress").setAttribute("aria-label", file.name);
            for (const button of line.querySelectorAll("button")) {
                button.setAttribute("aria-label", `${button.textContent.trim()} ${file.name}`);
            }
            this.list.append(line);
            this.files.push({file, line, token: makeUid(), state: "waiting", loaded: 0});
        }
        // They leave by themselves: the form does not carry them again.
        this.input.value = "";
        this.show();
        this.work();
    }

    onClick({target}) {
        const one = this.files.find(({line}) => line.contains(target));
        if (one && target.closest(".o_commune_upload_remove")) {
            this.files = this.files.filter((other) => other !== one);
            this.dropPhoto(one);
            one.line.remove();
            one.request?.abort();
            this.input.focus();
            this.show();
            this.work();
        } else if (one && target.closest(".o_commune_upload_again")) {
            this.resume();
        }
    }

    /** Photos that have left leave again, as the person wants them now. */
    onKeepPlace() {
        for (const one of this.files.filter(({file}) => isPhoto(file))) {
            one.line.querySelector("input[name=upload]")?.remove();
            one.request?.abort();
            Object.assign(one, {token: makeUid(), state: "waiting", blob: null, loaded: 0});
        }
        this.show();
        this.work();
    }

    // One file after the other

    async work() {
        if (this.isWorking) {
            return;
        }
        this.isWorking = true;
        let one = null;
        while ((one = this.findNext()) && !this.isDestroyed) {
            await this.prepare(one);
            if (one.state === "ready" && this.files.includes(one)) {
                await this.send(one);
            }
            this.show();
            if (one.state === "cut" && this.files.includes(one)) {
                this.waitForTimeout(this.resume, AGAIN);
                break;
            }
        }
        this.isWorking = false;
        this.sendWhenReady();
    }

    /** The next one that leaves; those that are too many stay here. */
    findNext() {
        const taken = this.files.slice(0, Number(this.el.dataset.maxFiles));
        return taken.find(({state}) => state === "waiting");
    }

    async prepare(one) {
        const {token} = one;
        if (!one.blob) {
            one.state = "reading";
            this.show();
            const {file} = one;
            const kept = isPhoto(file)
                ? await reducePhoto(file, this.keepPlace.checked)
                : {name: file.name, blob: file, isReduced: false};
            if (one.token !== token) {
                return;
            }
            Object.assign(one, kept);
            this.showPhoto(one);
        }
        const isLarge = one.blob.size > Number(this.el.dataset.maxFile);
        one.state = isLarge ? "refused" : "ready";
        one.problem = isLarge && this.getLargeSentence(one.name);
    }

    async send(one) {
        const {token} = one;
        one.state = "sending";
        const {status, answer} = await this.post(one);
        if (one.token !== token) {
            return;
        }
        if (status === 200 && answer) {
            one.state = "sent";
            const input = document.createElement("input");
            Object.assign(input, {type: "hidden", name: "upload", value: token});
            one.line.append(input);
        } else if (status === 0 || status === 429 || status >= 500) {
            one.state = "cut";
        } else {
            // The rules of files, or a session that has ended.
            one.state = "refused";
            one.problem =
                answer?.problem ||
                _t("The file “%s” is not received: load the page again.", one.name);
        }
    }

    /** @returns {Promise<{status: number, answer: Object|null}>} status: 0 when it was cut */
    post(one) {
        return new Promise((resolve) => {
            const request = (one.request = new XMLHttpRequest());
            let timer = 0;
            const watch = () => {
                clearTimeout(timer);
                timer = setTimeout(() => request.abort(), STALLED);
            };
            request.open("POST", "/my/uploads");
            request.responseType = "json";
            request.upload.onprogress = ({loaded, total}) => {
                watch();
                one.loaded = Math.round((loaded / total) * one.blob.size);
                this.showLine(one);
            };
            request.onloadend = () => {
                clearTimeout(timer);
                resolve({status: request.status, answer: request.response});
            };
            const data = new FormData();
            data.append("csrf_token", this.form.elements.csrf_token.value);
            data.append("token", one.token);
            data.append("file", one.blob, one.name);
            watch();
            this.showLine(one);
            request.send(data);
        });
    }

    stop() {
        this.files.forEach(({request}) => request?.abort());
    }

    resume() {
        this.form.querySelector(".o_commune_offline")?.classList.add("d-none");
        for (const one of this.files.filter(({state}) => state === "cut")) {
            Object.assign(one, {state: "waiting", loaded: 0});
        }
        this.show();
        this.work();
    }

    // The form

    onSubmit(ev) {
        if (this.isSent || this.findProblem()) {
            ev.preventDefault();
            this.el.querySelector("input[type=file].is-invalid")?.focus();
        } else if (!navigator.onLine) {
            ev.preventDefault();
            this.form.querySelector(".o_commune_offline")?.classList.remove("d-none");
        } else if (this.files.some(({state}) => state !== "sent")) {
            ev.preventDefault();
            this.isWanted = true;
            this.resume();
        } else {
            this.isSent = true;
        }
    }

    sendWhenReady() {
        if (this.isWanted && this.files.every(({state}) => state === "sent")) {
            this.isWanted = false;
            this.form.requestSubmit();
        }
    }

    getLargeSentence(name) {
        return _t("The file “%(name)s” is larger than %(limit)s MB.", {
            name,
            limit: Number(this.el.dataset.maxFile) / MEGABYTE,
        });
    }

    findProblem() {
        const {maxTotal, maxFiles} = this.el.dataset;
        const refused = this.files.find(({state}) => state === "refused");
        if (refused) {
            return refused.problem;
        }
        const earlier = this.list.querySelectorAll("input[type=checkbox]:checked").length;
        if (this.files.length + earlier > Number(maxFiles)) {
            return _t("%s files at most for one sending.", maxFiles);
        }
        if (this.files.reduce((sum, {blob}) => sum + (blob?.size || 0), 0) > Number(maxTotal)) {
            return _t("Your files weigh more than %s MB together.", Number(maxTotal) / MEGABYTE);
        }
        return "";
    }

    // What is shown

    show() {
        this.files.forEach((one) => this.showLine(one));
        const problem = this.findProblem();
        this.isWanted = this.isWanted && !problem;
        const keepsPlace = this.el.querySelector(".o_commune_keep_place");
        keepsPlace.classList.toggle("d-none", !this.files.some(({file}) => isPhoto(file)));
        this.input.setCustomValidity(problem);
        this.input.classList.toggle("is-invalid", Boolean(problem));
        this.el.querySelector(".o_commune_file_problem").textContent = problem;
        this.el.querySelector(".o_commune_upload_summary").textContent = this.summarise();
    }

    summarise() {
        const total = this.files.length;
        const sent = this.files.filter(({state}) => state === "sent").length;
        if (!total) {
            return "";
        }
        const count = _t("Received: %(sent)s of %(total)s.", {sent, total});
        const wanted = _t("It is sent as soon as all are received.");
        return this.isWanted && sent < total ? `${count} ${wanted}` : count;
    }

    showLine(one) {
        const {line, state} = one;
        const isMoving = state === "sending" || state === "cut";
        const progress = line.querySelector("progress");
        progress.hidden = !isMoving;
        progress.max = one.blob?.size || 1;
        progress.value = one.loaded;
        line.querySelector(".o_commune_upload_again").hidden = state !== "cut";
        line.querySelector(".o_commune_upload_state").textContent = this.getWords(one);
    }

    /** Which photo it is: one that the browser could not read has none. */
    showPhoto(one) {
        this.dropPhoto(one);
        if (one.isReduced) {
            const image = one.line.querySelector(".o_commune_upload_photo");
            one.photo = image.src = URL.createObjectURL(one.blob);
            image.hidden = false;
        }
    }

    dropPhoto({photo}) {
        if (photo) {
            URL.revokeObjectURL(photo);
        }
    }

    getWords({state, loaded, blob, file, isReduced}) {
        const size = (bytes) => Math.ceil(bytes / 1024);
        const asItIs = isPhoto(file) && !isReduced && !this.keepPlace.checked;
        return {
            waiting: _t("Waiting for its turn"),
            reading: _t("Being made smaller"),
            ready: "",
            sending:
                blob &&
                _t("%(sent)s of %(total)s kB", {sent: size(loaded), total: size(blob.size)}),
            cut: _t("The network is cut: it goes on by itself."),
            refused: _t("Cannot be sent"),
            sent: asItIs
                ? _t("Received as it is: your browser could not take its date and place off.")
                : blob && _t("Received (%s kB)", size(blob.size)),
        }[state];
    }
}

registry.category("public.interactions").add("commune_relations.files", CommuneFiles);
