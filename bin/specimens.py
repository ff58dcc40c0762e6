"""Read by `odoo shell` (bin/specimens): prints each report of the addon once, for the first
record of the demonstration that it accepts, and says those that it could not print."""

import os
import re
from pathlib import Path

from odoo.exceptions import UserError

FOLDER = Path(os.environ["SPECIMENS"])
TRIED = 60  # records, before a document is said to have none
TOGETHER = {"commune.service.family"}  # one document of them all
WANTED = {  # the records of a model that have the document
    "event.registration": [("event_id.kind", "=", "training"), ("attended_half_days", ">", 0)],
    "res.partner": [("is_commune", "=", True)],
}
OPTIONS = {"commune_relations.service_year": {"year": 2026}}  # the year of the demonstration


def find_documents(env):
    """Reports of the addon, in the order of their files."""
    known = env["ir.model.data"].search(
        [("module", "=", "commune_relations"), ("model", "=", "ir.actions.report")]
    )
    reports = env["ir.actions.report"].browse(known.mapped("res_id"))
    return reports.sorted("report_name")


def make(report, records):
    """The bytes of a document."""
    if report.report_type == "xlsx":
        return report._render_xlsx(report.report_name, records.ids, {})[0]
    options = OPTIONS.get(report.report_name)
    return report._render_qweb_pdf(report.report_name, records.ids, data=options)[0]


def print_one(report):
    """The file of a report and its bytes; the reason when no record of the demonstration has it."""
    Model = report.env[report.model]
    extension = "xlsx" if report.report_type == "xlsx" else "pdf"
    reason = "no record"
    if Model._transient:
        records = make_wizard(Model)
    else:
        records = Model.search(WANTED.get(report.model, []), limit=TRIED)
    groups = [records] if report.model in TOGETHER else [records[i] for i in range(len(records))]
    best = b""
    for group in groups:
        try:
            with report.env.cr.savepoint():
                content = make(report, group)
        except UserError as error:
            reason = str(error)
            continue
        if len(content) > len(best):  # the fullest of the first ones says most
            best = content
    name = re.sub(r"^commune_relations\.", "", report.report_name)
    return f"{name}.{extension}", best, reason


def make_wizard(Model):
    """A wizard as it opens, for the documents that ask for something first."""
    return Model.create({})


env = env(  # noqa: F821 - given by `odoo shell`
    context={"lang": "fr_FR", "tz": "Europe/Paris", "force_report_rendering": True}
)
printed = 0
for report in find_documents(env):
    name, content, reason = print_one(report)
    if content:
        (FOLDER / name).write_bytes(content)
        printed += 1
    print(f"{name:45} {len(content):8} {'' if content else reason}")
print(f"{printed} documents")
env.cr.rollback()
