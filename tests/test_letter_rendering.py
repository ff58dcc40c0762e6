"""Every letter as its reader sees it: drawn by Chromium on a screen of 600 and of 375 pixels."""

import json
import re

from lxml import html
from markupsafe import Markup

from odoo import Command
from odoo.tests import HttpCase, tagged

from ..engine.mail.plain import plain
from ..models.core.letter import LAYOUT
from ..models.network.mailing.letter import LETTERS
from .attack_case import MODULE
from .knowledge.impact_case import make_item
from .network.test_mailing import QuietCase
from .test_access_matrix import AccessRecords
from .tours.test_accessibility import find_axe

# “2:00 PM”, “14:00”, “14:00:00”: the organisation writes 14 h 00.
CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b|\d\s?[AP]\.?M\b")
# What a model of letter leaves to be written is written.
UNBRACKET = str.maketrans("", "", "[]")

# The letters as documents of their own, in the frames of a page, as a reader who prefers the light
# and one who prefers the dark sees them: which are wider than the screen, what is hard to read.
DRAW = """
const letters = %s;
const faults = [];
const load = (target) => new Promise((done) => { target.onload = done; });
const draw = async (name, text, width, looks) => {
    const frame = document.createElement("iframe");
    frame.style = `width: ${width}px; height: 900px; border: 0;`;
    const loaded = load(frame);
    frame.srcdoc = text;
    document.body.append(frame);
    await loaded;
    const page = frame.contentDocument;
    const wide = page.documentElement.scrollWidth;
    if (wide > width) faults.push(`${name} at ${width}: ${wide}`);
    if (looks) {
        const script = page.createElement("script");
        const there = load(script);
        script.src = "%s";
        page.head.append(script);
        await there;
        const {violations} = await frame.contentWindow.axe.run(page.body, {
            runOnly: ["color-contrast"],
        });
        for (const {nodes} of violations) {
            faults.push(`${name} ${looks}: ${nodes.map(({html}) => html.slice(0, 200))}`);
        }
    }
    frame.remove();
};
(async () => {
    for (const [name, text] of Object.entries(letters)) {
        const dark = text.replaceAll("(prefers-color-scheme: dark)", "all");
        await draw(name, text, 600, "in the light");
        await draw(name, dark, 600, "in the dark");
        await draw(name, text, 375);
    }
    if (faults.length) console.error(faults.join(" | "));
    else console.log("test successful");
})();
"""


class RenderedCase(HttpCase):
    maxDiff = None

    def _draw(self, letters):
        """:param letters: {name: HTML}"""
        axe = self.env["ir.attachment"].create(
            {
                "name": "axe.min.js",
                "raw": find_axe().read_bytes(),
                "mimetype": "text/javascript",
                "public": True,
            }
        )
        code = DRAW % (json.dumps(letters), f"/web/content/{axe.id}")
        self.browser_js("/web/login", code, login=None, timeout=240)

    def _check_family(self, letters):
        found = {name: _find_faults(body) for name, body in letters.items()}
        self.assertEqual({name: faults for name, faults in found.items() if faults}, {})


def _find_faults(body):
    """What a letter has that the others of the organisation have not, in a few words each."""
    page = html.fromstring(body)
    [preheader] = page.find_class("c-preheader")
    line = preheader.text_content().strip(" \n\u200c\xa0")
    text = plain(body)
    faults = {
        "preheader": line == "",
        "greeting as preheader": line.startswith("Bonjour"),
        "text": len(text.split()) < 5 or "c-card" in text or "@media" in text,
        "said twice": text.count(line.rstrip("…")) > 1,
        "buttons": len(page.find_class("c-button")) > 1,
        "drawn": body.count("inline-block") != len(page.find_class("c-button")),
        "hello": len(re.findall(r"Bonjour", text)) > 1,
        "stops": ".," in text or ",," in text or ", ," in text or "()" in text,
        "quotes": "« Comité de pilotage « " in text or re.search(r"«[^»]*«", text) is not None,
        "stars": "**" in text or re.search(r"\n\n\n|\[\d\]", text) is not None,
        "address twice": len(found := re.findall(r"https?://\S+", text)) != len(set(found)),
        "doctype": not body.lstrip().startswith("<!DOCTYPE html>") and "o_layout" not in body,
        "clock": CLOCK.search(text) is not None,
        "colour": "#1f4e79" in body or "#7a1f3d" not in body,
        "dark": "prefers-color-scheme: dark" not in body,
    }
    return [fault for fault, is_there in faults.items() if is_there]


@tagged("post_install", "-at_install")
class TestLetterRendering(AccessRecords, RenderedCase):
    @classmethod
    def _get_records(cls):
        cls.env["res.partner"].search([]).lang = "fr_FR"
        cls.env.company.partner_id.lang = "fr_FR"
        cls.env.company.primary_color = "#7a1f3d"
        cls.env = cls.env(context=dict(cls.env.context, lang="fr_FR"))
        return super()._get_records()

    def _get_one(self, model):
        known = [one for one in self.records.values() if one._name == model]
        records = self.env[model].sudo().with_context(active_test=False)
        return known[0].sudo() if known else records.search([], limit=1)

    def _get_letters(self):
        """{name: HTML} of each letter template of the addon, with the values of a record."""
        self.records["signatory_notice"].sudo().change = "Une adresse a changé."
        managed = self.env["ir.model.data"].search(
            [("model", "=", "mail.template"), ("module", "=", MODULE)]
        )
        letters = {}
        for data in managed:
            template = self.env["mail.template"].browse(data.res_id).sudo()
            record = self._get_one(template.model)
            [mail] = template.send_mail_batch(record.ids, email_layout_xmlid=LAYOUT)
            letters[data.name] = mail.body_html
        return letters

    def _get_internal_letters(self):
        """{what: HTML} of the mails to a colleague about a record of the addon: given to her,
        to do, to follow, named in a note, changed; about a commune too."""
        colleague = self.officer
        colleague.notification_type = "email"
        promise = self._get_one("commune.commitment").with_user(self.manager).sudo()
        place = self.commune_a.with_user(self.manager).sudo()
        todo = {"summary": "Relire", "user_id": colleague.id, "date_deadline": "2031-03-01"}
        written = {
            "given": lambda: promise._message_auto_subscribe_notify(
                colleague.partner_id.ids, "mail.message_user_assigned"
            ),
            "todo": lambda: promise.activity_schedule("mail.mail_activity_data_todo", **todo),
            "place": lambda: place.activity_schedule("mail.mail_activity_data_todo", **todo),
            "follow": lambda: (
                self.env["mail.followers.edit"]
                .with_user(self.manager)
                .create(
                    {
                        "res_model": promise._name,
                        "res_ids": str(promise.ids),
                        "partner_ids": colleague.partner_id.ids,
                        "message": "<p>La commune attend une date.</p>",
                        "notify": True,
                    }
                )
                .edit_followers()
            ),
            "said": lambda: promise.message_post(
                body="Le maire demande une date.", partner_ids=colleague.partner_id.ids
            ),
            "changed": lambda: promise.message_post(
                partner_ids=colleague.partner_id.ids,
                tracking_value_ids=[Command.create(self._get_change(promise))],
            ),
        }
        letters = {}
        for what, write in written.items():
            before = self.env["mail.mail"].sudo().search([], order="id desc", limit=1).id
            write()
            self.env.flush_all()
            [mail] = self.env["mail.mail"].sudo().search([("id", ">", before)])
            letters[f"internal_{what}"] = mail.body_html
        return letters

    def _get_change(self, record):
        field = self.env["ir.model.fields"]._get(record._name, "due_date")
        return {
            "field_id": field.id,
            "old_value_datetime": "2031-03-01",
            "new_value_datetime": "2031-04-01",
        }

    def test_each_letter_fits_the_screen(self):
        letters = {**self._get_letters(), **self._get_internal_letters()}
        self.assertGreater(len(letters), 40)
        self._draw(letters)

    def test_each_letter_is_of_the_family(self):
        self._check_family({**self._get_letters(), **self._get_internal_letters()})

    def test_a_colleague_reads_who_asks_what_and_until_when(self):
        self.manager.name = "Anne AUBRY"
        letters = {what: plain(body) for what, body in self._get_internal_letters().items()}
        name = self._get_one("commune.commitment").name
        for what in ("given", "todo", "follow"):
            self.assertIn("Anne AUBRY", letters[f"internal_{what}"])
        for what in ("given", "todo", "follow", "said", "changed"):
            self.assertIn(name, letters[f"internal_{what}"])
            self.assertIn("Ouvrir la fiche", letters[f"internal_{what}"])
        for what in ("todo", "place"):
            self.assertIn("Relire", letters[f"internal_{what}"])
            self.assertIn("samedi 1er mars 2031", letters[f"internal_{what}"])
        self.assertIn(self.commune_a.name, letters["internal_place"])
        self.assertIn("La commune attend une date.", letters["internal_follow"])
        self.assertIn("01/03/2031 → 01/04/2031", letters["internal_changed"])
        self.assertNotIn("False", " ".join(letters.values()))

    def test_a_mail_about_a_third_party_record_stays_as_odoo_made_it(self):
        customer = self.env["res.partner"].create({"name": "Un client"})
        customer = customer.with_user(self.manager).sudo()
        colleague = self.officer
        colleague.notification_type = "email"
        layout = "mail.mail_notification_layout"
        values = {"partner_ids": colleague.partner_id.ids, "body": "À relire"}
        first = self.env["mail.mail"].sudo().search([], order="id desc", limit=1).id
        customer.message_notify(**values, email_layout_xmlid=layout)
        customer.message_post(**values)
        customer.activity_schedule("mail.mail_activity_data_todo", user_id=colleague.id)
        customer._message_auto_subscribe_notify(values["partner_ids"], "mail.message_user_assigned")
        mails = self.env["mail.mail"].sudo().search([("id", ">", first)])
        self.assertEqual(len(mails), 4)
        for mail in mails:
            self.assertNotIn("c-card", mail.body_html)
            self.assertNotIn("Ouvrir la fiche", mail.body_html)
            self.assertIn("max-width: 900px", mail.body_html)

    def test_the_letters_to_write_keep_their_banner(self):
        """What the editor of Odoo takes off (`convert_inline.js`, the basic theme): the colours of
        a block. The cell within has its own."""
        for kind in ("letter", "invitation", "watch"):
            body = self.env["mailing.mailing"]._prepare_letter(kind)["body_html"]
            [banner] = html.fromstring(body).xpath("//td[@bgcolor='#7a1f3d'][p]")
            self.assertIn("background-color: #7a1f3d", banner.get("style"))
            for block in html.fromstring(body).find_class("o_mail_snippet_general"):
                self.assertNotIn("background", block.get("style") or "")
            self.assertLessEqual(str(body).count("inline-block"), 1)

    def test_what_is_no_markup_stays_text(self):
        """A letter is put in its frame as markup: a plain text must not become some."""
        dress = self.env.company._dress_letter
        self.assertIn("&lt;img src=x&gt;", dress("<img src=x>").body)
        self.assertIn("<b>Oui</b>", dress(Markup("<p><b>Oui</b></p>")).body)


@tagged("post_install", "-at_install")
class TestMailingRendering(QuietCase, RenderedCase):
    """Letters to audiences, as they leave: of each kind, of the watch, of the week."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        (cls.env.company.partner_id | cls.mayor_a | cls.mayor_b | cls.deputy).lang = "fr_FR"
        cls.env.company.write({"primary_color": "#7a1f3d", "network_weekly_limit": 0})
        cls.env.user.group_ids |= cls.env.ref("commune_relations.group_manager")
        cls.env = cls.env(context=dict(cls.env.context, lang="fr_FR"))

    def _leave_with(self, letter):
        self._send(letter)
        mails = self.env["mail.mail"].sudo().search([("mailing_id", "=", letter.id)])
        return mails[:1]

    def _get_mails(self):
        mails = {}
        for kind in LETTERS:
            values = self.env["mailing.mailing"]._prepare_letter(kind)
            written = {n: values[n].translate(UNBRACKET) for n in ("body_html", "body_arch")}
            mails[kind] = self._leave_with(self._letter(**{**values, **written}))
        item = make_item(self.env, name="Compteurs d’eau", population_max=9000)
        item.sudo().state = "validated"
        action = item.with_user(self.officer).action_prepare_digest()
        letter = self.env["mailing.mailing"].browse(action["res_id"]).with_user(self.officer)
        letter.audience_ids = self.audience
        mails["watch_digest"] = self._leave_with(letter)
        self.env.company.network_weekly_limit = 1
        self._send(self._letter())
        mails["week"] = self.env["commune.mailing.recipient"]._cron_send_digest()[:1]
        return mails

    def test_each_mailing_is_of_the_family(self):
        mails = self._get_mails()
        letters = {name: mail.sudo().body_html for name, mail in mails.items()}
        self._check_family(letters)
        self._draw(letters)
        for name, mail in mails.items():
            [sent, *_more] = mail.sudo()._prepare_outgoing_list()
            self.assertNotIn("\u200c", sent["body_alternative"], name)

    def test_the_line_that_somebody_typed_stays(self):
        values = self.env["mailing.mailing"]._prepare_letter("letter")
        written = {n: values[n].translate(UNBRACKET) for n in ("body_html", "body_arch")}
        letter = self._letter(**{**values, **written, "preview": "Le 4 mars à Metz"})
        page = html.fromstring(self._leave_with(letter).body_html)
        [line] = page.find_class("c-preheader")
        self.assertEqual(line.text_content().strip(), "Le 4 mars à Metz")

    def test_words_that_are_filled_for_each_are_no_order(self):
        """Between braces, Odoo would work them out as an expression that nobody has checked."""
        body = Markup("<p>Bonjour,</p><p>Écrivez {{ object.email }} ici.</p>")
        letter = self._letter(user=self.env.user, body_html=body, body_arch=body)
        self.assertNotIn("c-preheader", self._leave_with(letter).body_html)
