/**
 * One search over communes, persons, requests and all the rest: a box in the top bar and Ctrl K,
 * both of them the palette of Odoo, which waits for the end of the typing and drops late answers.
 */
import {Component, onWillStart, useEffect, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useBus, useService} from "@web/core/utils/hooks";
import {useHotkey} from "@web/core/hotkeys/hotkey_hook";

const OUR_MENU = "commune_relations.menu_root";
const NAMESPACE = "?";
const MODEL = "commune.search";
const OFFERS = "commune_offers";
// The kinds of the open palette, in the order in which it shows them.
let shown = [];

export class FoundItem extends Component {
    static template = "commune_relations.FoundItem";
    static props = {
        detail: String,
        why: String,
        name: {type: String, optional: true},
        searchValue: {type: String, optional: true},
        executeCommand: {type: Function, optional: true},
        slots: {type: Object, optional: true},
    };
}

async function openFound(env, found) {
    const action = await env.services.orm.call(MODEL, "open_found", [found.kind, found.id]);
    await env.services.action.doAction(action);
}

/** What remains to be done when nothing was found, or before a word was typed. */
async function offer(env) {
    const actions = [
        [_t("Who can answer?"), "commune_relations.commune_orientation_search_action"],
    ];
    if (await user.hasGroup("commune_relations.group_referent")) {
        actions.unshift([_t("Note a call"), "commune_relations.commune_request_quick_action"]);
    }
    return actions.map(([name, action]) => ({
        name: String(name),
        category: OFFERS,
        action: () => {
            env.services.action.doAction(action);
        },
    }));
}

async function provide(env, {searchValue}) {
    const question = (searchValue || "").trim();
    const found = question ? await env.services.orm.call(MODEL, "find", [question]) : [];
    if (!found.length) {
        return await offer(env);
    }
    arrange(found);
    return found.map((one) => ({
        Component: FoundItem,
        name: one.title,
        category: `commune_${one.kind}`,
        props: {detail: one.detail, why: one.why},
        action: () => {
            openFound(env, one);
        },
    }));
}

/** The titles of the kinds in the order in which the answer names them, the others behind. */
function arrange(found) {
    const first = [...new Set(found.map((one) => `commune_${one.kind}`))];
    const others = shown.filter((name) => !first.includes(name));
    shown.splice(0, shown.length, ...first, ...others);
}

/** What Odoo's palette reads of the registries, so that the order of kinds can change. */
function getConfigs() {
    const configs = {};
    const take = (namespace = "default") =>
        (configs[namespace] ||= {categories: [], categoryNames: {}});
    for (const [category, one] of registry.category("command_categories").getEntries()) {
        const config = take(one.namespace);
        config.categories.push(category);
        config.categoryNames[category] = one.name;
    }
    for (const [namespace, setup] of registry.category("command_setup").getEntries()) {
        Object.assign(take(namespace), setup);
    }
    shown = take(NAMESPACE).categories;
    return configs;
}

/** Kinds of result that the user may find, in order; registered only with the right to search. */
function register(kinds) {
    const force = {force: true};
    registry
        .category("command_provider")
        .add("commune_relations.search", {namespace: NAMESPACE, provide}, force);
    registry.category("command_setup").add(
        NAMESPACE,
        {
            debounceDelay: 250,
            emptyMessage: _t("Nothing was found"),
            name: _t("communes, persons, requests"),
            placeholder: _t("Commune, person, function, number, subject…"),
        },
        force
    );
    [...kinds, ["offers", _t("To do instead")]].forEach(([kind, name], rank) =>
        registry
            .category("command_categories")
            .add(`commune_${kind}`, {namespace: NAMESPACE, name}, {sequence: 1000 + rank, ...force})
    );
}

export class SearchBox extends Component {
    static template = "commune_relations.SearchBox";
    static props = {};

    setup() {
        this.command = useService("command");
        this.menu = useService("menu");
        this.orm = useService("orm");
        this.allowed = false;
        this.state = useState({isManaged: this.isManaged()});
        useBus(this.env.bus, "MENUS:APP-CHANGED", () => {
            this.state.isManaged = this.isManaged();
        });
        useHotkey("control+k", () => this.open(), {
            bypassEditableProtection: true,
            global: true,
            isAvailable: () => this.allowed && this.isManaged(),
        });
        // The bar of Odoo counts its menus again: those that have no room go under its “+”.
        useEffect(
            () => {
                window.dispatchEvent(new Event("resize"));
            },
            () => [this.state.isManaged]
        );
        onWillStart(async () => {
            const groups = ["group_reader", "group_referent"];
            const found = await Promise.all(
                groups.map((name) => user.hasGroup(`commune_relations.${name}`))
            );
            this.allowed = found.some(Boolean);
        });
    }

    isManaged() {
        return this.menu.getCurrentApp()?.xmlid === OUR_MENU;
    }

    async open() {
        this.kinds ||= this.orm.call(MODEL, "get_kinds", []);
        register(await this.kinds);
        this.command.openMainPalette({searchValue: NAMESPACE, configByNamespace: getConfigs()});
    }
}

registry
    .category("systray")
    .add("commune_relations.search", {Component: SearchBox}, {sequence: 100});
