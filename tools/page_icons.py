"""Style sheet of the icons that the portal's pages use, from the icon font of Odoo.

A light page loads no font (`docs/decisions/034-light-pages.md`): each icon is a drawing in
`static/src/core/page_style/icons.scss`. Run again when a page uses another one
(`tests/core/test_light_pages.py` names it):

    python tools/page_icons.py PATH_OF_ODOO_ADDONS

Needs `fonttools`. The drawings are those of Font Awesome 4.7 (SIL OFL 1.1).
"""

import re
import sys
from pathlib import Path

from fontTools.misc.transform import Identity
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
SHEET = ROOT / "static/src/core/page_style/icons.scss"
USED = re.compile(r"\bfa-([a-z0-9-]+)")
RULE = re.compile(r"\.fa-([a-z0-9-]+):before")
# Of the 1,792 units of the font: an icon of 16 pixels needs no more.
SMALLER = 1 / 8
HEAD = """// Icons of the pages, without an icon font: made by tools/page_icons.py from Font Awesome 4.7
// (SIL OFL 1.1).

.fa {
    display: inline-block;
    width: 1em;
    height: 1em;
    vertical-align: -0.125em;
    background-color: currentcolor;
    mask: var(--icon) center / contain no-repeat;
}

.fa-fw {
    width: 1.28em;
}

@media (forced-colors: active) {
    .fa {
        background-color: CanvasText;
    }
}
"""


def get_used():
    """:return: the names of the icons in the pages and in the code that chooses them, sorted"""
    names = set()
    for folder, kind in (("views", "xml"), ("models", "py"), ("controllers", "py")):
        for path in (ROOT / folder).rglob(f"*.{kind}"):
            if folder != "views" or path.parent.name in ("portal", "core"):
                names |= set(USED.findall(path.read_text(encoding="utf-8")))
    return sorted(names)


def get_codes(sheet):
    """:return: {name: character code} of Font Awesome's style sheet"""
    codes = {}
    for block in re.findall(r"([^{}]+)\{\s*content:\s*\"\\([0-9a-f]+)\"", sheet):
        codes |= dict.fromkeys(RULE.findall(block[0]), int(block[1], 16))
    return codes


def draw(font, code):
    """:return: the icon as an SVG in a data URI"""
    glyphs, name = font.getGlyphSet(), font.getBestCmap()[code]
    width, height = glyphs[name].width, font["hhea"].ascent - font["hhea"].descent
    pen = SVGPathPen(glyphs, ntos=lambda number: str(round(number)))
    flip = Identity.translate(0, font["hhea"].ascent).scale(1, -1)
    pen_of_icon = TransformPen(pen, Identity.scale(SMALLER).transform(flip))
    glyphs[name].draw(pen_of_icon)
    return (
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'"
        f" viewBox='0 0 {round(width * SMALLER)} {round(height * SMALLER)}'%3E%3Cpath d='{pen.getCommands()}'/%3E%3C/svg%3E"
    )


def main(addons):
    library = Path(addons) / "web/static/src/libs/fontawesome"
    codes = get_codes((library / "css/font-awesome.css").read_text(encoding="utf-8"))
    font = TTFont(library / "fonts/fontawesome-webfont.ttf")
    rules = [HEAD]
    for name in get_used():
        if name in codes:
            drawing = draw(font, codes[name])
            rules.append(f'.fa-{name} {{\n    --icon: url("{drawing}");\n}}\n')
    SHEET.write_text("\n".join(rules), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
