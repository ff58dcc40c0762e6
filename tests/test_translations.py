"""French first: not one string of the addon is left in English."""

import re
from pathlib import Path

import polib
from babel.messages.extract import extract
from lxml import etree

from odoo.exceptions import UserError
from odoo.modules import get_module_path
from odoo.tests import BaseCase, TransactionCase, tagged
from odoo.tools.translate import code_translations

from ..engine.law import cite

# How Odoo finds translatable texts: (files, method, words of the code).
CODE = (
    ("*.py", "odoo.tools.babel:extract_python", {"_": None, "_lt": None}),
    ("static/src/**/*.js", "odoo.tools.babel:extract_javascript", {"_t": None}),
    ("static/src/**/*.xml", "odoo.tools.translate:babel_extract_qweb", {}),
)

ROOT = Path(__file__).resolve().parents[1]
# Short texts of a button that are the name of a state or of a field as well: each was read in both
# places, and one French text serves both. A new one is read too, or has another English.
ALSO_BUTTONS = {
    *(
        "Action plan",
        "Analysed",
        "Changed",
        "Checked",
        "Choose",
        "Done",
        "End",
        "End early",
        "Event",
    ),
    *("First answer", "Follow-up", "Guide", "In force", "Joint interview", "Mediation"),
    *("Minutes approved", "No", "No action needed", "Nothing to change", "Outdated", "PDF", "Paid"),
    *("Person", "Role", "Separate interviews", "Signed", "Signed on paper", "Start"),
    *("To look over", "Notified otherwise", "What changed", "What it costs"),
    *("Where it stands", "Yes"),
}
# Short pieces of a sentence, beside a value, that occur elsewhere as well: read in each place.
ALSO_PIECES = {
    *(", of", ", week of", "Agents:", "Answer", "Answer until", "Call by telephone", "Date"),
    *("Figures frozen on", "Followed by", "For", "For the commune", "Given by", "Hello", "Invite"),
    *("Made on", "Mission", "Persons", "Posted by", "Presented by", "Promised on", "Proposed by"),
    *("Published on", "Quorum:", "SIRET", "Sent on", "Signed by", "Signed on", "Since"),
    *("Steps done:", "To fill:", "Total:", "Town hall", "Version", "Version of", "Week of"),
    *("Withdraw", "Withdraw the access", "Write to them", "by", "half-days", "inhabitants", "km"),
    "of",
}
SHORT = 3  # words


def _read_views(*folders):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.xml")):
            yield etree.parse(path)


def _is_value(node):
    return node is not None and isinstance(node.tag, str) and node.get("t-out")


def _get_pieces(tree):
    """Texts of a page that are beside a value, within a sentence."""
    for node in tree.iter(etree.Element):
        texts = [(node.text, None, node[0] if len(node) else None)]
        texts += [(child.tail, child, child.getnext()) for child in node]
        for text, before, after in texts:
            if text and (_is_value(before) or _is_value(after)):
                yield " ".join(text.split())


def _read_code(addon):
    """Yield (file, English text) of an addon."""
    top = Path(get_module_path(addon))
    for pattern, method, words in CODE:
        for path in top.rglob(pattern):
            if "tests" not in path.parts:
                options = {"encoding": "UTF-8"} if path.suffix == ".py" else {}
                with path.open("rb") as file:
                    for _line, source, *_rest in extract(method, file, words, options=options):
                        yield path, source


@tagged("post_install", "-at_install")
class TestTranslations(BaseCase):
    def test_the_french_file_has_no_gap(self):
        path = Path(__file__).parents[1] / "i18n" / "fr.po"
        po = polib.pofile(str(path))
        self.assertGreater(len(po), 500)
        self.assertEqual([entry.msgid for entry in po.untranslated_entries()], [])
        self.assertEqual([entry.msgid for entry in po.fuzzy_entries()], [])

    def test_placeholders_survive_the_translation(self):
        path = Path(__file__).parents[1] / "i18n" / "fr.po"
        for entry in polib.pofile(str(path)):
            names = {part.split(")")[0] for part in entry.msgid.split("%(")[1:]}
            found = {part.split(")")[0] for part in entry.msgstr.split("%(")[1:]}
            self.assertEqual(names, found, entry.msgid)

    def test_a_short_text_that_serves_twice_was_read_in_both_places(self):
        """“What” was the subject of an exchange, then the beginning of a sentence."""
        po = [
            e for e in polib.pofile(str(ROOT / "i18n" / "fr.po")) if len(e.msgid.split()) <= SHORT
        ]
        labels = {
            entry.msgid
            for entry in po
            if any(place.startswith("model:ir.model.fields") for place, _line in entry.occurrences)
        }
        trees = list(_read_views("views", "wizards"))
        buttons = {
            " ".join(text.split())
            for tree in trees
            for button in tree.iter("button")
            for text in (button.get("string"), button.get("title"), button.text)
            if text
        }
        self.assertEqual(buttons & labels - ALSO_BUTTONS, set())
        twice = {" ".join(entry.msgid.split()) for entry in po if len(entry.occurrences) > 1}
        pieces = {p for tree in _read_views("views", "reports", "data") for p in _get_pieces(tree)}
        letters = {piece for piece in pieces & twice if re.search("[A-Za-z]", piece)}
        self.assertEqual(letters - ALSO_PIECES, set())

    def test_no_text_of_a_page_begins_with_a_space(self):
        """Odoo strips the texts of a view at an update: « X : vos dates » loses its space."""
        path = Path(__file__).parents[1] / "i18n" / "fr.po"
        texts = [
            entry.msgstr
            for entry in polib.pofile(str(path))
            if any(place.startswith("model_terms:") for place, _line in entry.occurrences)
        ]
        self.assertGreater(len(texts), 500)
        self.assertEqual([text for text in texts if text != text.strip()], [])

    def test_nobody_is_written_in_two_genders_at_once(self):
        """“invité(e)”: anyone who reads is one or the other, or the sentence is turned."""
        path = Path(__file__).parents[1] / "i18n" / "fr.po"
        found = [one.msgstr for one in polib.pofile(path) if re.search(r"\w\(n?e\)", one.msgstr)]
        self.assertEqual(found, [])

    def test_articles_of_law_are_quoted_in_one_way(self):
        """`bin/i18n` writes them so: CGCT, art. L. 5211-4-2, with spaces that do not break."""
        path = Path(__file__).parents[1] / "i18n" / "fr.po"
        for entry in polib.pofile(str(path)):
            self.assertEqual(entry.msgstr, cite(entry.msgstr))


@tagged("post_install", "-at_install")
class TestThirdPartyTranslations(TransactionCase):
    """`i18n_extra/fr.po`: what the addons that we depend on leave in English."""

    ADDONS = (
        "agreement",
        "helpdesk_mgmt",
        "helpdesk_mgmt_rating",
        "helpdesk_mgmt_sla",
        "mass_mailing_list_dynamic",
        "mass_mailing_partner",
        "partner_firstname",
        "report_xlsx",
        "survey_partner_representative",
    )

    def test_no_third_party_label_is_left_in_english(self):
        """Their fields, choices and models have a French of their own, or it is the same word."""
        Data = self.env["ir.model.data"]
        for model, name in (
            ("ir.model.fields", "field_description"),
            ("ir.model.fields.selection", "name"),
            ("ir.model", "name"),
        ):
            data = Data.search([("module", "in", self.ADDONS), ("model", "=", model)])
            records = self.env[model].browse(set(data.mapped("res_id"))).exists()
            self.assertTrue(records)
            for record in records:
                terms = record._fields[name]._get_stored_translations(record)
                if terms["en_US"] not in ("ID", "XLSX"):
                    self.assertIn("fr_FR", terms, f"{record} {terms}")

    def test_no_sentence_of_their_code_is_left_in_english(self):
        """Python looks into the words of its own addon, JavaScript into those of all. One value of
        `agreement` that no screen shows is aside."""
        names = self.env["ir.module.module"].search([("state", "=", "installed")]).mapped("name")
        words = [code_translations.get_web_translations(name, "fr_FR") for name in names]
        web = {message["id"] for one in words for message in one["messages"]}
        left, count = [], 0
        for addon in self.ADDONS:
            known = code_translations.get_python_translations(addon, "fr_FR")
            python = {"purchase", *known, *getattr(known, "additions", ())}
            for place, source in _read_code(addon):
                count += 1
                if source not in (python if place.suffix == ".py" else web):
                    left.append((str(place), source))
        self.assertGreater(count, 30)
        self.assertEqual(left, [])

    def test_a_third_party_refusal_is_shown_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        promises = self.env["helpdesk.ticket.sla"].with_context(lang="fr_FR")
        with self.assertRaisesRegex(UserError, "opérateur de recherche"):
            promises._search_expired("like", "x")

    def test_what_our_staff_read_of_teams_and_commitments(self):
        fields = self.env["ir.model.fields"].with_context(lang="fr_FR")
        for model, name, label in (
            ("helpdesk.ticket.team", "resource_calendar_id", "Horaires de travail"),
            ("helpdesk.ticket", "team_sla", "Charte de l’équipe"),
            ("helpdesk.ticket", "sla_deadline", "Date promise"),
        ):
            self.assertEqual(fields._get(model, name).field_description, label)
        team = self.env["ir.model"].with_context(lang="fr_FR")._get("helpdesk.ticket.team")
        self.assertNotIn("Helpdesk", team.name)
