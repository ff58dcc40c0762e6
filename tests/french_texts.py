"""Texts that a person reads on the screens of Odoo, in two languages, side by side.

Equal texts are untranslated English, or a word that both languages share: `find_english`
separates the two with the words of the French files themselves.
"""

import re
from collections import Counter
from pathlib import Path

import polib
from lxml import etree, html

from odoo.modules import get_module_path
from odoo.tools.safe_eval import safe_eval

MODULE = "commune_relations"
ODOO = ("base", "web", "mail", "portal", "hr", "hr_skills", "event", "survey", "mass_mailing")
LANGUAGES = ("en_US", "fr_FR")
ROLES = ("reader", "referent", "officer", "manager", "replacement_coordinator")
# Names of places and languages.
NAMED = {"tz", "lang", "date_tz"}
SHOWN = ("string", "placeholder", "help", "title", "confirm", "sum", "avg", "alt", "aria-label")
WORD = re.compile(r"[^\W\d_]{3,}")
# Code, addresses and placeholders contain no word.
ASIDE = re.compile(r"&lt;.*?&gt;|\{\{.*?\}\}|\S*[@/_]\S*|https?:\S+|[\w-]+(?:\.[\w-]+)+|%\(\w+\)s")
# Common words of English that no French text holds.
COMMON = frozenset(
    "the and your you this that with from has have been will would was were its who what which how"
    " when click hello dear please best regards thanks thank attached hours days week password"
    " month security settings account sign back search edit save cancel discard delete close open"
    " welcome invalid wrong error not found access denied page home name phone email address"
    " city country street company language view more details loading".split()
)
# Words that French has too.
BOTH = frozenset("page open error close".split())
# Names, and words that the trade writes in English.
NAMES = Path(__file__).parent / "fixtures" / "words_of_both_languages.txt"


def find_english(pairs):
    """The texts that are left in English.

    :param pairs: iterable of (where, English text, French text)
    :return: {text: first place where it occurs}
    """
    known, kept, found = _load_french_words(), _load_kept(), {}
    for where, english, french in pairs:
        text = (french or "").strip() if english == french else ""
        if text and text not in kept and not _is_french(text, known):
            found.setdefault(french.strip(), where)
    return found


def _is_french(text, known):
    return _words(text) <= known


def _load_kept():
    """What the French of Odoo itself leaves as it is."""
    kept = set()
    for module in ODOO:
        for entry in polib.pofile(f"{get_module_path(module)}/i18n/fr.po"):
            if entry.msgstr == entry.msgid:
                kept.add(entry.msgid)
    return kept


def _load_french_words():
    """Words of the French of Odoo and of the addon, from texts that differ from their English."""
    words = Counter()
    for module in (*ODOO, MODULE):
        for entry in polib.pofile(f"{get_module_path(module)}/i18n/fr.po"):
            if entry.msgstr and entry.msgstr != entry.msgid:
                text = re.sub(r"<[^>]*>", " ", entry.msgstr)
                english = set(WORD.findall(entry.msgid.lower()))
                fresh = set(WORD.findall(ASIDE.sub(" ", text).lower())) - english
                words.update(fresh)
    kept = NAMES.read_text().split() if NAMES.exists() else []
    return {word for word, count in words.items() if count > 1} | {w.lower() for w in kept}


def find_common_english(page):
    """The texts of a page as a browser gets it that hold a common word of English: what it draws
    from data is in no file of words.

    :param page: HTML
    :return: list of texts
    """
    return [text for text in read_page(page) if _words(text) & (COMMON - BOTH)]


def find_rendered_english(texts):
    """Texts that contain a common English word, or equal a msgid of the translation files: a letter
    or a document rendered untranslated.

    :param texts: {text, as a person reads it: where}
    :return: those texts
    """
    known, english = _load_french_words(), _load_english()
    return {
        text: where
        for text, where in texts.items()
        if _words(text) & (COMMON - BOTH) or (text in english and not _is_french(text, known))
    }


def _load_english():
    """Terms that the addon's French file translates otherwise."""
    entries = polib.pofile(f"{get_module_path(MODULE)}/i18n/fr.po")
    return {entry.msgid for entry in entries if entry.msgstr not in ("", entry.msgid)}


def read_page(page):
    """The texts of a page as a browser gets it.

    :param page: HTML
    :return: list of texts
    """
    root = html.fromstring(page)
    etree.strip_elements(root, etree.Comment, "script", "style", "svg", with_tail=False)
    # Odoo keeps the form of a window in the text of a page.
    inner = (re.sub(r"<[^>]*>", " ", text) for text in root.itertext())
    texts = [*inner, *(node.get(name, "") for node in root.iter() for name in SHOWN)]
    return [text.strip() for text in texts if text.strip()]


def _words(text):
    return {word.lower() for word in WORD.findall(ASIDE.sub(" ", text))}


class Screens:
    """What one person reads: menus, windows, their views."""

    def __init__(self, user):
        self.user = user

    def _read(self, model, method):
        """The same thing in both languages."""
        return [method(model.with_user(self.user).with_context(lang=l)) for l in LANGUAGES]

    def read(self, done):
        """Yield (where, English, French).

        :param done: set of what was read for another person, completed
        """
        env = self.user.env
        menus = self._read(env["ir.ui.menu"], lambda model: model.load_menus(False))
        for key, menu in menus[0].items():
            if key != "root":
                yield f"menu {menu.get('xmlid')}", menu["name"], menus[1][key]["name"]
        for window in self._get_windows(menus[0]):
            yield from self._read_window(window, done)

    def _get_windows(self, menus):
        env = self.user.env
        managed = (
            env["ir.model.data"]
            .sudo()
            .search([("module", "=", MODULE), ("model", "=", "ir.actions.act_window")])
        )
        root = env.ref(f"{MODULE}.menu_root").id
        shown = {
            menu["action_id"]
            for menu in menus.values()
            if menu.get("app_id") == root and menu["action_model"] == "ir.actions.act_window"
        }
        windows = env["ir.actions.act_window"].sudo().browse({*managed.mapped("res_id"), *shown})
        allowed = self.user.all_group_ids
        return windows.exists().filtered(lambda one: not one.group_ids or one.group_ids & allowed)

    def _read_window(self, window, done):
        model = self.user.env[window.res_model].with_user(self.user)
        if not model.has_access("read"):
            return
        where = f"action {window.xml_id}"
        for name in ("name", "help"):
            texts = [window.with_context(lang=lang)[name] or "" for lang in LANGUAGES]
            yield from self._pair(where, *map(_read_html, texts))
        views = [*window.views, *(((window.search_view_id.id, "search"),))]
        known = {"uid": self.user.id, "active_id": False, "active_ids": []}
        context = safe_eval(window.context or "{}", known)
        form = {key: value for key, value in context.items() if key.endswith("_view_ref")}
        got = self._read(
            model.with_context(**form), lambda model: model.get_views(views, {"toolbar": True})
        )
        yield from self._read_views(window.res_model, got, done)

    def _read_views(self, model, got, done):
        for kind, view in got[0]["views"].items():
            other = got[1]["views"][kind]
            if view["arch"] not in done:
                done.add(view["arch"])
                texts = [_read_arch(one["arch"]) for one in (view, other)]
                yield from self._pair(f"{kind} {model} {view.get('id')}", *texts)
            for actions in view.get("toolbar", {}):
                names = [
                    [action["name"] for action in one["toolbar"][actions]] for one in (view, other)
                ]
                yield from self._pair(f"{actions} {model}", *names)
        for name, known in got[0]["models"].items():
            for field, info in known["fields"].items():
                if field not in NAMED and (name, field) not in done:
                    done.add((name, field))
                    infos = info, got[1]["models"][name]["fields"][field]
                    yield from self._pair(f"field {name}.{field}", *map(_read_field, infos))

    def _pair(self, where, english, french):
        if len(english) != len(french):
            yield where, f"?? {english}", f"?? {english}"
            return
        for texts in zip(english, french, strict=True):
            yield where, *texts


def _read_arch(arch):
    texts = []
    root = etree.fromstring(arch)
    # Of a view that Odoo draws by itself, and that shows it nowhere.
    if root.tag in ("search", "pivot", "graph", "calendar", "activity"):
        root.attrib.pop("string", None)
    for node in root.iter():
        texts += [node.get(name, "") for name in SHOWN]
        if isinstance(node.tag, str):
            texts.append((node.text or "").strip())
        texts.append((node.tail or "").strip())
    return texts


def _read_html(text):
    if not text.strip():
        return []
    return [part.strip() for part in html.fromstring(f"<div>{text}</div>").itertext()]


def _read_field(info):
    choices = [label for _value, label in info.get("selection") or []]
    return [info.get("string") or "", info.get("help") or "", *choices]


def read_records(env):
    """Yield the names and the sentences of the records that we ship, letters included."""
    known = env["ir.model.data"].sudo().search([("module", "=", MODULE)])
    for name, data in known.grouped("model").items():
        # What no screen shows: views read them with their own words.
        if name not in env or name in ("ir.ui.view", "ir.model.fields", "ir.model.constraint"):
            continue
        records = env[name].sudo().browse(data.mapped("res_id")).exists()
        for field in env[name]._fields.values():
            if field.translate and field.store and field.name != "print_report_name":
                for record in records:
                    yield from _read_value(record, field.name)


def _read_value(record, name):
    texts = [str(record.with_context(lang=lang)[name] or "") for lang in LANGUAGES]
    parts = [_read_html(text) if "<" in text else [text] for text in texts]
    if len(parts[0]) == len(parts[1]):
        for pair in zip(*parts, strict=True):
            yield f"{record._name}.{name} {record.id}", *pair


def read_templates(env):
    """Yield the terms of the pages, documents and letter layouts (QWeb), as Odoo cuts them."""
    data = (
        env["ir.model.data"].sudo().search([("module", "=", MODULE), ("model", "=", "ir.ui.view")])
    )
    views = env["ir.ui.view"].sudo().browse(data.mapped("res_id")).exists()
    views = views.filtered(lambda one: one.type == "qweb")
    field = views._fields["arch_db"]
    for view in views:
        english, french = (
            field.get_trans_terms(view.with_context(lang=lang).arch_db) for lang in LANGUAGES
        )
        if len(english) == len(french):
            for texts in zip(english, french, strict=True):
                yield f"page {view.key}", *(re.sub(r"<[^>]*>", " ", text) for text in texts)


def find_left(env, users=None):
    """The English that these persons would read; without any, one person of each of our roles.

    :return: {text: where}
    """
    users = users or [_find_one(env, role) for role in ROLES]
    pairs, done = [], set()
    for user in filter(None, users):
        pairs += Screens(user).read(done)
    return find_english([*pairs, *read_records(env), *read_templates(env)])


def _find_one(env, role):
    group = env.ref(f"{MODULE}.group_{role}")
    system = env.ref("base.group_system")
    users = env["res.users"].search([("group_ids", "in", group.ids)])
    return users.filtered(lambda user: system not in user.all_group_ids)[:1]
