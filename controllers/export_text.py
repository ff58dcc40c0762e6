"""Odoo's export to Excel: what a commune typed stays a text.

Odoo puts an apostrophe before a formula in its CSV files but not in its workbooks: a request
entitled `=HYPERLINK(…)` would be run by the office suite of the user who exports the list.
"""

from odoo.addons.web.controllers.export import ExcelExport

# What the library that writes the workbook takes for something else than a text.
SPECIAL = ("=", "{=", "internal:", "external:")


def as_text(value):
    return f"'{value}" if isinstance(value, str) and value.startswith(SPECIAL) else value


class TextExport(ExcelExport):
    def from_data(self, fields, columns_headers, rows):
        """Anyone who may export the list, as Odoo decides: rows whose texts stay texts."""
        rows = [[as_text(value) for value in row] for row in rows]
        return super().from_data(fields, columns_headers, rows)

    def from_group_data(self, fields, columns_headers, groups):
        """The same, by group."""
        self._make_texts(groups)
        return super().from_group_data(fields, columns_headers, groups)

    def _make_texts(self, node):
        """The same in a tree of groups; the name of a group is a value too."""
        node.data = [[as_text(value) for value in row] for row in node.data]
        for key in list(node.children):
            child = node.children.pop(key)
            name = tuple(map(as_text, key)) if isinstance(key, tuple) else as_text(key)
            node.children[name] = child
            self._make_texts(child)
