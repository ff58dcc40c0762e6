"""The topics that nobody rewrote get the words of this version; the others keep their own.

The reference only adds words at the end: what a topic has is then the beginning of what it gets.
"""

import csv
from io import StringIO

from odoo import SUPERUSER_ID, api
from odoo.tools import file_open


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    with file_open("commune_relations/data/requests/topics.csv", "r") as file:
        rows = csv.DictReader(StringIO(file.read()), delimiter=";")
        reference = {row["code"]: row["keywords"] for row in rows}
    for topic in env["commune.topic"].with_context(active_test=False).search([]):
        words = reference.get(topic.code, "")
        if topic.keywords and words != topic.keywords and words.startswith(topic.keywords):
            topic.keywords = words
