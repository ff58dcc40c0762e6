"""Letters that have not left keep their banner: its colour stands on a cell, where the editor of
Odoo leaves it. Not a word changes: an approval stays. What left is a proof, and stays too."""

import re

from lxml import html

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

WHITE = re.compile(r"(?<!-)color:\s*(?:#fff(?:fff)?\b|white\b|rgb\(255,\s*255,\s*255\))")
COLOR = re.compile(r"background-color:\s*(#[0-9a-fA-F]{6})\b")
BLOCKS = ".//*[contains(concat(' ', @class, ' '), ' o_mail_snippet_general ')]"
TABLE = (
    '<table role="presentation" width="100%" cellspacing="0" cellpadding="0" border="0">'
    '<tr><td style="padding: 16px 24px;"></td></tr></table>'
)


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    house = env.company._get_document_colors()["primary"]
    domain = [("network_kind", "!=", False), ("state", "in", ("draft", "in_queue"))]
    for letter in env["mailing.mailing"].with_context(active_test=False).search(domain):
        color = get_color(letter.body_arch) or house
        arch, sent = color_banner(letter.body_arch, color), color_banner(letter.body_html, color)
        cr.execute(
            SQL(
                """
                UPDATE mailing_mailing
                   SET body_arch = COALESCE(%s, body_arch), body_html = COALESCE(%s, body_html)
                 WHERE id = %s
                """,
                arch,
                sent,
                letter.id,
            )
        )


def get_color(body):
    """The colour that the banner was given; empty without any."""
    banner = _find_banner(_read(body))
    found = COLOR.search("" if banner is None else banner.get("style") or "")
    return found[1] if found else ""


def color_banner(body, color):
    """The letter with its banner on a cell of this colour; None when nothing is to be done.

    :param body: as it is edited, or as the editor made it ready for readers of mail
    """
    page = _read(body)
    banner = _find_banner(page)
    if banner is None:
        return None
    cell = banner.find(".//td")
    if cell is None:
        table = html.fragment_fromstring(TABLE)
        cell = table.find(".//td")
        cell.text, banner.text = banner.text, None
        cell.extend(list(banner))
        banner.append(table)
        banner.attrib.pop("style", None)
    cell.set("bgcolor", color)
    style = (cell.get("style") or "").strip().rstrip(";")
    ours = f"background-color: {color}; color: #ffffff;"
    cell.set("style", f"{style}; {ours}" if style else ours)
    inner = (html.tostring(one, encoding="unicode") for one in page)
    return (page.text or "") + "".join(inner)


def _read(body):
    return html.fragment_fromstring(str(body or ""), create_parent="div")


def _find_banner(page):
    """The first block, when its words are white and no cell bears a colour."""
    block = next(iter(page.xpath(BLOCKS)), None)
    if block is None or block.find(".//td[@bgcolor]") is not None:
        return None
    words = [one for one in block.iter("p") if WHITE.search(one.get("style") or "")]
    return block if words else None
