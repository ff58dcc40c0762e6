/**
 * Shows a guide that the device keeps when there is no network, for /my/guides only.
 *
 * What is kept is written by the page of a guide (`portal_guides.js`): a copy that holds nothing
 * of the person. It goes at logout, when another person comes, when the server no longer knows
 * the session, and after thirty days.
 */
const PREFIX = "commune-guides-";
const PAGE = /^\/my\/guides(\/(\d+))?\/?$/;
const DAYS = 30;

async function getNames() {
    const names = await caches.keys();
    return names.filter((name) => name.startsWith(PREFIX));
}

async function forget() {
    for (const name of await getNames()) {
        await caches.delete(name);
    }
}

/** The copies that are not too old, as pairs of address and text. */
async function readKept() {
    const kept = [];
    const oldest = Date.now() - DAYS * 24 * 3600 * 1000;
    for (const name of await getNames()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            const response = await cache.match(request);
            if (Number(response.headers.get("X-Kept-At")) < oldest) {
                await cache.delete(request);
            } else {
                kept.push([new URL(request.url).pathname, await response.text()]);
            }
        }
    }
    return kept;
}

/** A page of words alone: nothing in it runs nor asks for anything. */
function showPage(text) {
    const headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    };
    return new Response(text, {headers});
}

/** The list of what is kept: its texts come from the copies, already escaped. */
function makeList(kept) {
    const [, first] = kept[0];
    const title = first.match(/<meta name="kept-title" content="([^"]*)"/)[1];
    const lines = kept.map(([path, text]) => {
        const name = text.match(/<title>([^<]*)<\/title>/)[1];
        return `<li><a href="${path.replace(/\/offline$/, "")}">${name}</a></li>`;
    });
    const head = first.slice(0, first.indexOf("<title>"));
    return `${head}<title>${title}</title></head><body><main><h1>${title}</h1><ul>${lines.join(
        ""
    )}</ul></main></body></html>`;
}

async function findKept(path) {
    const [, , id] = path.match(PAGE);
    const kept = await readKept();
    if (!id) {
        return kept.length ? showPage(makeList(kept)) : null;
    }
    const found = kept.find(([address]) => address === `/my/guides/${id}/offline`);
    return found ? showPage(found[1]) : null;
}

async function answer(request, path) {
    try {
        const response = await fetch(request);
        if (response.type === "opaqueredirect") {
            // The server asks who is there: the copies are of somebody who has left.
            await forget();
        }
        return response;
    } catch (error) {
        const kept = await findKept(path);
        if (kept) {
            return kept;
        }
        throw error;
    }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
    const {request} = event;
    const {origin, pathname} = new URL(request.url);
    const isManaged = origin === self.location.origin && PAGE.test(pathname);
    if (isManaged && request.mode === "navigate" && request.method === "GET") {
        event.respondWith(answer(request, pathname));
    }
});
