"""Light pages: what a first visit loads, that nothing is missing from it, and its programs."""

import gzip
import json
import re
from pathlib import Path
from unittest.mock import patch

from lxml import html

from odoo.tests import HttpCase, tagged
from odoo.tests.common import ChromeBrowser

from ..common import CommuneCase

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "views/portal").glob("*.xml")) + sorted((ROOT / "views/core").glob("*.xml"))
# Letters and printed documents have styles of their own.
OTHER_MEDIA = {"letter_templates.xml", "guide_document_templates.xml"}
CLASS = re.compile(r"""\b(?:t-attf-)?(?:class|add)="([^"]+)\"""")
ICON = re.compile(r"\bfa-([a-z0-9-]+)")
LIGHT = "commune_relations.assets_page"
# Pages of mailing groups keep the frame of Odoo, for its programs.
NO_NEED = {"o_mg_subscribe_btn", "o_mg_message"}
READY = "document.documentElement.dataset.programs === 'ready'"
RUN = """
const see = async (what, test) => {
    for (let tries = 0; !test(); tries++) {
        if (tries === 100) {
            throw new Error(`Not seen: ${what}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
};
const find = (selector) => document.querySelector(selector);
const type = (selector, value) => {
    find(selector).value = value;
    find(selector).dispatchEvent(new Event("input", {bubbles: true}));
};
(async () => {
    if (window.odoo?.__session_info__) {
        throw new Error("Odoo's programs are there.");
    }
    CODE
    console.log("test successful");
})();
"""
# Of a first visit and of one that follows, in bytes on the wire.
FIRST, NEXT = 120_000, 25_000


class LightPageCase(CommuneCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.epci_id = cls.epci

    def _fetch(self, url):
        """
        :return: (text, bytes on the wire) of what a browser that reads gzip receives
        """
        headers = {"Accept-Encoding": "gzip"}
        response = self.opener.get(self.base_url() + url, headers=headers, stream=True)
        self.assertEqual(response.status_code, 200, url)
        sent = response.raw.read(decode_content=False)
        packed = response.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(sent) if packed else sent).decode(), len(sent)

    def _visit(self, url):
        """
        :return: (page, bytes of the page, bytes of what it loads)
        """
        text, size = self._fetch(url)
        page = html.fromstring(text)
        loaded = page.xpath("//head/link[@rel='stylesheet']/@href | //head/script/@src")
        loaded += [src for src in page.xpath("//body//img/@src") if src.startswith("/")]
        return page, size, sum(self._fetch(address)[1] for address in loaded)


@tagged("post_install", "-at_install")
class TestLightPages(LightPageCase):
    def test_first_visit_and_the_next(self):
        self.authenticate(self.portal_a.login, self.portal_a.login)
        for url in ("/my", "/my/requests", "/my/requests/new", "/my/services"):
            with self.subTest(url=url):
                _page, own, loaded = self._visit(url)
                self.assertLess(own + loaded, FIRST)
                self.assertLess(own, NEXT)

    def test_nothing_of_the_bundle_of_odoo(self):
        self.authenticate(self.portal_a.login, self.portal_a.login)
        for url in ("/my", "/my/requests/new"):
            page = self._visit(url)[0]
            loaded = page.xpath("//link/@href | //script/@src")
            self.assertFalse([name for name in loaded if "assets_frontend" in name], url)
            self.assertEqual(page.xpath("//main//@data-bs-toggle"), [])

    def test_the_bundle_is_compressed_for_who_reads_gzip(self):
        self.authenticate(self.portal_a.login, self.portal_a.login)
        [sheet] = self._visit("/my")[0].xpath("//link[@rel='stylesheet']/@href")
        sent = {}
        for accepted in ("gzip, br", "identity"):
            headers = {"Accept-Encoding": accepted}
            response = self.opener.get(self.base_url() + sheet, headers=headers, stream=True)
            self.assertIn("Accept-Encoding", response.headers["Vary"])
            sent[response.headers.get("Content-Encoding")] = response.raw.read(decode_content=False)
        self.assertEqual(gzip.decompress(sent["gzip"]), sent[None])

    def test_no_page_is_compressed(self):
        """A page holds a secret, which its compressed size helps to guess (BREACH)."""
        self.authenticate(self.portal_a.login, self.portal_a.login)
        response = self.opener.get(self.base_url() + "/my", headers={"Accept-Encoding": "gzip"})
        self.assertNotIn("Content-Encoding", response.headers)

    def test_words_of_the_programs_are_french(self):
        words = self.env["ir.http"].with_context(lang="fr_FR")._get_page_words()
        self.assertEqual(
            words["%s characters at most: nothing more is kept."],
            "%s caractères au plus\N{NO-BREAK SPACE}: la suite n’est pas gardée.",
        )
        self.assertIn("%(count)s characters too many: %(most)s at most.", words)

    def test_data_of_a_page_hold_no_end_of_script(self):
        self.authenticate(self.portal_a.login, self.portal_a.login)
        [data] = self._visit("/my")[0].xpath("//script[@id='page_data']/text()")
        self.assertEqual(json.loads(data)["uid"], self.portal_a.id)

    def test_each_icon_is_drawn(self):
        drawn = set(ICON.findall((ROOT / "static/src/core/page_style/icons.scss").read_text()))
        shown = set()
        for path in PAGES:
            shown |= set(ICON.findall(path.read_text()))
        for folder in ("models", "controllers"):
            for path in (ROOT / folder).rglob("*.py"):
                shown |= set(ICON.findall(path.read_text()))
        self.assertFalse(shown - drawn - {"o"}, "tools/page_icons.py was not run")

    def test_each_class_that_odoo_styles_is_styled(self):
        """What a template asks of Odoo's style sheet, the light one has."""
        odoo, light = (self._get_styled(name) for name in ("web.assets_frontend", LIGHT))
        for path in PAGES:
            if path.name in OTHER_MEDIA:
                continue
            asked = set(re.findall(r"[\w-]+", " ".join(CLASS.findall(path.read_text()))))
            with self.subTest(file=path.name):
                self.assertFalse((asked & odoo) - light - NO_NEED)

    def _get_styled(self, bundle):
        css = self.env["ir.qweb"]._get_asset_bundle(bundle, js=False).css()
        return set(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", css.raw.decode()))


@tagged("post_install", "-at_install")
class TestLightPrograms(LightPageCase):
    """The programs of a page, without those of Odoo."""

    def _run(self, url, code, before="", login=True):
        """:param before: a script that runs in each page before its own"""
        navigate = ChromeBrowser.navigate_to

        def navigate_after(browser, *args, **kwargs):
            script = {"source": before}
            browser._websocket_request("Page.addScriptToEvaluateOnNewDocument", params=script)
            return navigate(browser, *args, **kwargs)

        with patch.object(ChromeBrowser, "navigate_to", navigate_after):
            self._run_code(url, code, login)

    def _run_code(self, url, code, login):
        self.browser_js(
            url,
            RUN.replace("CODE", code),
            ready=READY,
            login=self.portal_a.login if login else None,
        )

    def test_menu_opens_and_closes(self):
        self._run(
            "/my",
            """
            const menu = find(".o_light_menu");
            menu.querySelector("summary").click();
            await see("menu", () => menu.open && find("#o_logout").offsetHeight >= 44);
            menu.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape"}));
            await see("closed", () => !menu.open);
            menu.querySelector("summary").click();
            find("main").click();
            await see("closed elsewhere", () => !menu.open);
            """,
        )

    def test_question_is_oriented_and_kept(self):
        self._run(
            "/my/requests/new",
            """
            type("#request_question", "Un nid-de-poule devant l’école de la rue des Vignes");
            await see("topics", () => find("#request_topic input[name=topic_id]"));
            await see("title", () => find("#request_name").value);
            const kept = Object.keys(localStorage).find((key) => key.includes("/my/requests/new"));
            if (!localStorage.getItem(kept).includes("nid-de-poule")) {
                throw new Error("Not kept");
            }
            """,
        )

    def test_file_leaves_when_it_is_chosen(self):
        self._run(
            "/my/requests/new",
            """
            const files = new DataTransfer();
            files.items.add(new File(["Avis du conseil"], "avis.txt", {type: "text/plain"}));
            const input = find(".o_commune_file_block input[type=file]");
            input.files = files.files;
            input.dispatchEvent(new Event("change", {bubbles: true}));
            await see("line", () => find(".o_commune_uploads :not([hidden])"));
            await see("received", () => find(".o_commune_uploads input[name=upload]")?.value);
            """,
        )

    def test_characters_left_are_said_in_french(self):
        self._run(
            "/my/requests/new",
            """
            const name = find("#request_name");
            type("#request_name", "a".repeat(name.maxLength - 3));
            await see("count", () => find(".o_commune_length")?.textContent.includes("3 sur"));
            """,
        )

    def _get_kept(self, uid, age=0):
        """A script that keeps a text as a former visit of an account would have."""
        values = [["question", "Un nid-de-poule devant la mairie"], ["priority", "1"]]
        kept = f"{{key: 'k', at: Date.now() - {age} * 86400000, values: {json.dumps(values)}}}"
        name = f"commune-text-{uid}-/my/requests/new"
        return f"localStorage.setItem('{name}', JSON.stringify({kept}));"

    def test_text_of_a_former_visit_is_back_and_is_given_up(self):
        self._run(
            "/my/requests/new",
            """
            const question = find("#request_question");
            await see("text", () => question.value === "Un nid-de-poule devant la mairie");
            await see("choice", () => find("input[name=priority][value='1']").checked);
            await see("topics", () => find("#request_topic input[name=topic_id]"));
            find(".o_commune_kept button").click();
            await see("empty", () => question.value === "");
            await see("notice", () => !find(".o_commune_kept"));
            if (Object.keys(localStorage).some((key) => key.startsWith("commune-text"))) {
                throw new Error("Still kept");
            }
            """,
            before=self._get_kept(self.portal_a.id),
        )

    def test_text_of_another_account_or_of_long_ago_is_forgotten(self):
        for uid, age in ((self.portal_b.id, 0), (self.portal_a.id, 31)):
            with self.subTest(uid=uid, age=age):
                self._run(
                    "/my/requests/new",
                    """
                    await new Promise((resolve) => setTimeout(resolve, 200));
                    if (find("#request_question").value || localStorage.length) {
                        throw new Error("A text that is not theirs");
                    }
                    """,
                    before=self._get_kept(uid, age),
                )

    def test_logout_takes_the_texts_away(self):
        self._run(
            "/my/requests/new",
            """
            await see("text", () => find("#request_question").value);
            find("#o_logout").addEventListener("click", (ev) => ev.preventDefault());
            find("#o_logout").click();
            await see("nothing", () => !localStorage.length);
            """,
            before=self._get_kept(self.portal_a.id),
        )


@tagged("post_install", "-at_install")
class TestFormReceived(LightPageCase):
    def _send(self, **values):
        page = html.fromstring(self.opener.get(self.base_url() + "/my/requests/new").text)
        form = page.xpath("//form[contains(@class, 'o_commune_request_form')]")[0]
        values = {**dict(form.form_values()), **values}
        answer = self.opener.post(self.base_url() + "/my/requests/new", data=values)
        return values["form_key"], html.fromstring(answer.text).xpath("//*[@id='form_received']")

    def test_the_page_after_says_which_form_was_received_once(self):
        self.authenticate(self.portal_a.login, self.portal_a.login)
        key, [mark] = self._send(question="Les bacs de la rue des Vignes ne sont pas ramassés.")
        self.assertEqual(mark.get("data-key"), key)
        page = html.fromstring(self.opener.get(self.base_url() + "/my/requests").text)
        self.assertFalse(page.xpath("//*[@id='form_received']"))

    def test_a_form_that_is_refused_was_not_received(self):
        self.authenticate(self.portal_a.login, self.portal_a.login)
        _key, marks = self._send(question="")
        self.assertFalse(marks)
