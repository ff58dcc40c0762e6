"""A guide written by the staff, read by a mayor on a phone, kept on the device and forgotten."""

from datetime import timedelta
from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from ...engine.web import Page
from ...models.core import request_guard
from ..common import CommuneCase
from ..knowledge.guide_case import get_guide_records
from ..requests.request_case import RequestCase
from .common import SlowPhoneCase, without_missing_asset
from .test_accessibility import PageCase

# The worker in a page without network: what it answers, then what it forgets. The old copy is of
# more than thirty days.
OFFLINE = """
(async () => {
    const address = "%(url)s";
    const text = await (await fetch("/my/guides/worker.js")).text();
    const copy = await (await fetch(`${address}/offline`)).text();
    const cache = await caches.open("commune-guides-7");
    const keep = (path, at) =>
        cache.put(path, new Response(copy, {headers: {"X-Kept-At": `${at}`}}));
    await keep(`${address}/offline`, Date.now());
    await keep("/my/guides/999999/offline", Date.now() - 31 * 24 * 3600 * 1000);
    const handlers = {};
    const worker = {
        location: window.location,
        addEventListener: (name, handler) => (handlers[name] = handler),
    };
    let network = () => Promise.reject(new TypeError("Failed to fetch"));
    new Function("self", "fetch", text)(worker, () => network());
    const ask = async (path, mode = "navigate") => {
        let answer = null;
        const request = {mode, method: "GET", url: window.location.origin + path};
        handlers.fetch({request, respondWith: (promise) => (answer = promise)});
        try {
            const response = await answer;
            return response && (response.text ? await response.text() : response.type);
        } catch {
            return "lost";
        }
    };
    const faults = [];
    const check = (name, found) => found || faults.push(name);
    check("the guide", (await ask(address)).includes("sous dix jours"));
    check("the list", (await ask("/my/guides")).includes(`<a href="${address}">`));
    check("an old copy", (await ask("/my/guides/999999")) === "lost");
    check("another guide", (await ask("/my/guides/1")) === "lost");
    check("other pages", (await ask("/my/requests")) === null);
    check("what is no page", (await ask(address, "cors")) === null);
    network = () => Promise.resolve({type: "opaqueredirect"});
    check("who is there?", (await ask(address)) === "opaqueredirect");
    check("forgotten", !(await caches.keys()).some((name) => name.startsWith("commune-guides-")));
    console[faults.length ? "error" : "log"](faults.join() || "test successful");
})();
"""

FORGOTTEN = """
(async () => {
    const frame = document.createElement("iframe");
    document.body.append(frame);
    const until = async (selector) => {
        let found = null;
        for (let turn = 0; turn < 600 && !found; turn++) {
            await new Promise((resolve) => setTimeout(resolve, 50));
            found = frame.contentDocument?.querySelector(selector);
        }
        return found;
    };
    const count = async () =>
        (await caches.keys()).filter((name) => name.startsWith("commune-guides-")).length;
    frame.src = "%(url)s";
    await until(".o_commune_guide[data-kept='1']");
    const before = await count();
    frame.contentDocument.querySelector("a[href*='/web/session/logout']").click();
    const login = await until("form.oe_login_form");
    const after = await count();
    // A session that ended by itself: the login page is where the device learns of it.
    await caches.open("commune-guides-7");
    frame.src = "/web/login?again";
    for (let turn = 0; turn < 600 && (await count()); turn++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const last = await count();
    const right = before === 1 && login && after === 0 && last === 0;
    const kept = `kept: ${before}, ${after}, ${last}`;
    console[right ? "log" : "error"](right ? "test successful" : kept);
})();
"""


@tagged("post_install", "-at_install")
class TestGuideOfficeTour(CommuneCase, HttpCase):
    def test_an_officer_writes_a_guide_then_its_second_version(self):
        without_missing_asset(self.env)
        self.officer.password = "test_officer"
        self.start_tour("/odoo/guides/new", "commune_relations.guide_written", login="test_officer")
        guide = self.env["commune.guide"].search([("name", "=", "Brûlage des végétaux")])
        self.assertEqual((guide.state, guide.version), ("published", 2))
        self.assertIn("interdit", guide.body)
        self.assertEqual(guide.user_id, self.officer)


@tagged("post_install", "-at_install")
class TestGuidePortalTour(RequestCase, SlowPhoneCase):
    browser_size = "375x812"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guide = get_guide_records(cls)["guide_elected_large"]
        cls.guide.topic_ids = cls.road_topic
        cls.url = f"/my/guides/{cls.guide.id}"

    def test_a_mayor_finds_reads_judges_and_asks(self):
        self.start_tour("/my", "commune_relations.guide_read", login=self.portal_a_limited.login)
        self.env.invalidate_all()
        person = self.portal_a_limited.partner_id
        self.assertTrue(self.guide._get_opinion(person).useful)
        ticket = self.env["helpdesk.ticket"].search([], order="id desc", limit=1)
        self.assertEqual((ticket.partner_id, ticket.topic_id), (person, self.road_topic))

    def test_at_logout_the_device_forgets(self):
        # The login page has no script of Odoo: a tour would end there.
        with patch.object(request_guard, "Page", lambda **text: Page(**{**text, "edited": True})):
            self.browser_js("/my", FORGOTTEN % {"url": self.url}, login=self.portal_a.login)

    def test_without_network_the_device_shows_what_it_kept(self):
        code = OFFLINE % {"url": self.url}
        self.browser_js("/my", code, login=self.portal_a.login)


@tagged("post_install", "-at_install")
class TestGuidePages(PageCase, CommuneCase):
    @classmethod
    def _fill_the_pages(cls):
        super()._fill_the_pages()
        cls.portal_a.lang = "fr_FR"
        records = get_guide_records(cls)
        cls.guide, cls.who = records["guide_elected_large"], records["guide_everyone"]
        family = cls.env["commune.topic"].search([("parent_id", "=", False)], limit=1)
        cls.who.sudo().write({"kind": "who", "topic_ids": family.ids})
        cls.guide.sudo().write(
            {
                "validity_date": cls.today - timedelta(days=366),
                "video_link": "https://www.service-public.fr/",
                "transcript": "Bonjour.",
            }
        )
        version = cls.guide._begin_version(change_text="Dix jours.")
        version.with_user(cls.officer).action_publish()

    def test_the_pages_of_the_library(self):
        self._look_at(
            [
                "/my",
                "/my/guides",
                "/my/guides?q=zzzz",
                f"/my/guides/{self.guide.id}",
                f"/my/guides/{self.who.id}",
                f"/my/guides/{self.guide.id}/offline",
            ],
            login=self.portal_a.login,
        )
