// @odoo-module alias=@web/public/interaction default=false

/**
 * The part of Odoo's `Interaction` that the programs of a light page use: they run unchanged in
 * Odoo's frame and here. Not here: `t-att-…`, `t-out`, services, templates.
 */
export class Interaction {
    static selector = "";
    dynamicContent = {};

    constructor(el) {
        this.el = el;
        this.isReady = false;
    }

    setup() {}
    async willStart() {}
    start() {}

    debounced(handler, delay) {
        let timer = 0;
        return (...values) => {
            clearTimeout(timer);
            timer = setTimeout(() => handler.apply(this, values), delay);
        };
    }

    insert(element, place = this.el, position = "beforeend") {
        place.insertAdjacentElement(position, element);
    }

    addListener(target, event, handler, options) {
        const bound = handler.bind(this);
        target.addEventListener(event, bound, options);
        return () => target.removeEventListener(event, bound, options);
    }

    waitFor(promise) {
        return promise;
    }

    protectSyncAfterAsync(action) {
        return action.bind(this);
    }

    waitForTimeout(action, delay) {
        return setTimeout(() => action.call(this), delay);
    }

    /** A program lives as long as its page. */
    registerCleanup() {}

    /** Listen to what `dynamicContent` names; `.prevent` and `.withTarget` as Odoo knows them. */
    listen() {
        const special = {_root: [this.el], _document: [document], _window: [window]};
        for (const [selector, content] of Object.entries(this.dynamicContent)) {
            const targets = special[selector] || this.el.querySelectorAll(selector);
            for (const [directive, handler] of Object.entries(content)) {
                const [event, ...modifiers] = directive.replace("t-on-", "").split(".");
                for (const target of targets) {
                    this.addListener(target, event, (ev) => {
                        if (modifiers.includes("prevent")) {
                            ev.preventDefault();
                        }
                        return handler.call(this, ev, target);
                    });
                }
            }
        }
    }
}
