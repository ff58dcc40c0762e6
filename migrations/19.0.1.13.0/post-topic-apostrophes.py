"""Typographic apostrophes in the topics that nobody rewrote, and in the names of the teams that
bear the department that we had suggested."""

import csv
from io import StringIO

from odoo import SUPERUSER_ID, api
from odoo.tools import file_open

# Column of the reference: field of a topic.
FIELDS = {
    "label": "name",
    "department": "suggested_department",
    "legal_basis": "legal_basis",
    "disambiguation": "disambiguation",
    "outside_name": "outside_name",
    "outside_contact": "outside_contact",
}


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    new = {_clean(row.get(column)) for row in _read_rows() for column in FIELDS}
    words = {text.replace("’", "'"): text for text in new if "’" in text}
    # Without a language first: the words that the others have too, until they are translated.
    langs = [None, *(code for code, _name in env["res.lang"].get_installed())]
    topics = env["commune.topic"].with_context(active_test=False).search([])
    teams = env["helpdesk.ticket.team"].with_context(active_test=False).search([])
    for lang in langs:
        for records, names in ((topics, FIELDS.values()), (teams, ("name",))):
            for record in records.with_context(lang=lang):
                for name in names:
                    if record[name] in words:
                        record[name] = words[record[name]]


def _read_rows():
    for name in ("topics", "topic_departments"):
        with file_open(f"commune_relations/data/requests/{name}.csv", "r") as file:
            yield from csv.DictReader(StringIO(file.read()), delimiter=";")


def _clean(text):
    return (text or "").replace("(à confirmer)", "").strip()
