"""Printed visit card of a commune: one A4 page, whatever the amount of data."""

from bisect import bisect

from odoo import api, models

# Lines of the page above which a card is set tighter: densities 1 to 6. Each try costs as much as
# the page: a good guess makes one.
LINES_PER_DENSITY = (44, 50, 55, 58, 63, 69)
ON_SCREEN_ALONE = ("incidents",)
LINE = 58  # characters of a line of a column


class CommuneCardDocument(models.AbstractModel):
    _name = "report.commune_relations.commune_card"
    _description = "Visit card of a commune (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        # Records printed together are read together.
        prefetch = self.env.context.get("document_prefetch_ids") or docids
        communes = self.env["res.partner"].browse(docids).with_prefetch(prefetch)
        card = self.env["commune.card"]._get_cards(communes[:1])[0]
        # A printed card may be left on a table: incidents show on the screen only.
        card["sections"] = [one for one in card["sections"] if one["key"] not in ON_SCREEN_ALONE]
        parts = (card["brand_name"], card["population_text"], card["sector"])
        return {
            "docs": communes,
            "title": self.env._("Visit card – %(name)s", name=card["name"]),
            "heading": card["name"],
            "kind": self.env._("Visit card"),
            "subtitle": " · ".join(part for part in parts if part),
            "card": card,
            "columns": self._split_columns(card),
            "density": self._guess_density(card),
        }

    @api.model
    def _split_columns(self, card):
        """The sections in two columns of about the same height, in their order."""
        shown = [one for one in card["sections"] if one["lines"] or one["note"]]
        heights = [self._count_lines(section) for section in shown]
        persons = 1 + len(card["persons"])
        half, height, place = (sum(heights) + persons) / 2, persons, 0
        while place < len(shown) and height + heights[place] / 2 <= half:
            height += heights[place]
            place += 1
        return [shown[:place], shown[place:]]

    @api.model
    def _count_lines(self, section):
        """Lines of a column that a section fills, its heading included."""
        long = sum(1 for line in section["lines"] if len(line["text"] + line["detail"]) > LINE)
        return 2 + bool(section["note"]) + bool(section["more"]) + len(section["lines"]) + long

    @api.model
    def _guess_density(self, card):
        """How tightly to set the page at first (see document.css)."""
        left, right = self._split_columns(card)
        height = max(
            1 + len(card["persons"]) + sum(map(self._count_lines, left)),
            sum(map(self._count_lines, right)),
        )
        return bisect(LINES_PER_DENSITY, height + 1.3 * len(card["advice"]))
