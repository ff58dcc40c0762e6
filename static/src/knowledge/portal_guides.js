import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";

const PREFIX = "commune-guides-";
const MOST = 40;

/** Without https a browser keeps nothing: the pages work all the same. */
function canKeep() {
    return "caches" in window && "serviceWorker" in navigator;
}

async function forgetOthers(own) {
    for (const name of await caches.keys()) {
        if (name.startsWith(PREFIX) && name !== own) {
            await caches.delete(name);
        }
    }
}

/** A guide that was opened is read without network: a copy without anything of the person. */
export class CommuneGuideCache extends Interaction {
    static selector = ".o_commune_guide";

    async willStart() {
        if (canKeep()) {
            // Not waited for: the page does not depend on it.
            this.keep().catch(() => null);
        }
    }

    async keep() {
        const address = this.el.dataset.offline;
        await navigator.serviceWorker.register("/my/guides/worker.js", {scope: "/my/guides"});
        const response = await fetch(address);
        if (!response.ok || response.redirected) {
            return;
        }
        const cache = await caches.open(PREFIX + user.userId);
        const headers = {"Content-Type": "text/html; charset=utf-8", "X-Kept-At": `${Date.now()}`};
        await cache.put(address, new Response(await response.text(), {headers}));
        const kept = await cache.keys();
        for (const request of kept.slice(0, Math.max(0, kept.length - MOST))) {
            await cache.delete(request);
        }
        this.el.dataset.kept = "1";
    }
}

/** On every page: nothing of another person stays on the device; nothing at all after logout. */
export class CommuneGuideForget extends Interaction {
    static selector = "#wrapwrap";
    dynamicContent = {
        _document: {"t-on-click.withTarget": this.onClick},
    };

    async willStart() {
        if (canKeep()) {
            forgetOthers(PREFIX + (user.userId || "nobody")).catch(() => null);
        }
    }

    async onClick(ev) {
        const link = ev.target.closest?.("a[href*='/web/session/logout']");
        if (!link || !canKeep()) {
            return;
        }
        ev.preventDefault();
        await forgetOthers("").catch(() => null);
        window.location.assign(link.href);
    }
}

const interactions = registry.category("public.interactions");
interactions.add("commune_relations.guide_cache", CommuneGuideCache);
interactions.add("commune_relations.guide_forget", CommuneGuideForget);
