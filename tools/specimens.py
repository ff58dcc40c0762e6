"""Specimens of all reports, each for the record of the demonstration that fills it most.

Read by `odoo shell` (tools/specimens); lists the reports that it cannot print. Then other records
of the same reports: an agreement signed, amended, one of each template, a cancelling statement,
and the file of the finance department.
"""

import os
import re
from pathlib import Path

from odoo.exceptions import UserError
from odoo.fields import Command

FOLDER = Path(os.environ["SPECIMENS"])
YEAR = 2026  # of the demonstration
TRIED = 60  # records tried before a document counts as not printable
EFFECTS = [f"impact_{name}" for name in ("organisation", "conditions", "pay", "rights")]
TOGETHER = {"commune.service.family"}  # one document of them all
OPTIONS = {  # data given to a report with its records
    **{
        name: {"year": YEAR}
        for name in ("service_year", "replacement_year", "replacement_year_xlsx")
    },
    "planning_board": {"mode": "four"},
}
# The records of a model, or of one document, that have something to show.
WANTED = {
    "event.registration": [("event_id.kind", "=", "training"), ("attended_half_days", ">", 0)],
    "res.partner": [("is_commune", "=", True)],
    "replacement_statement": [("state", "=", "issued"), ("kind", "!=", "cancelling")],
    "replacement_statement_xlsx": [("state", "=", "issued")],
    "guide_template": [("kind", "=", "model"), ("state", "=", "published")],
    "session_minutes": [("state", "=", "held"), ("decision_ids", "!=", False)],
}


def find_billed(env):
    """Communes that pay replacements of the year and whose attribution de compensation bears a
    service: their yearly statement has both."""
    issued = env["commune.replacement.statement"].search([("state", "=", "issued")])
    retained = env["commune.service.subscription"].search(
        [
            ("commune_id", "in", issued.commune_id.ids),
            ("offer_id.price_ids.kind", "=", "compensation"),
        ]
    )
    return retained.commune_id


def find_communes(env):
    """Communes of the territory, the smallest first."""
    place = [("is_commune", "=", True), ("epci_id", "=", env.company.epci_id.id)]
    return env["res.partner"].search(place, order="population, id")


def get_name(report):
    return re.sub(r"^commune_relations\.", "", report.report_name)


def find_documents(env):
    """Reports of the addon, in the order of their files."""
    known = env["ir.model.data"].search(
        [("module", "=", "commune_relations"), ("model", "=", "ir.actions.report")]
    )
    reports = env["ir.actions.report"].browse(known.mapped("res_id"))
    return reports.sorted("report_name")


def get_options(report):
    if get_name(report) == "guide_template":  # filled for a commune
        return {"commune_id": find_communes(report.env)[:1].id}
    return OPTIONS.get(get_name(report))


def make(report, records):
    """The bytes of a document."""
    options = get_options(report)
    if report.report_type == "xlsx":
        return report._render_xlsx(report.report_name, records.ids, options or {})[0]
    return report._render_qweb_pdf(report.report_name, records.ids, data=options)[0]


def weigh(report, records):
    """Length of the HTML page of a document, made in a tenth of the time of its PDF."""
    if report.report_type == "xlsx":
        return len(make(report, records))
    name, options = report.report_name, get_options(report)
    return len(report._render_qweb_html(name, records.ids, data=dict(options or {}))[0])


def find_fullest(report, groups):
    """Records with the longest pages; none, and the reason, when none can be printed."""
    best, weight, reason = groups[:0], 0, "no record"
    for group in groups:
        try:
            with report.env.cr.savepoint():
                found = weigh(report, group)
        except UserError as error:
            reason = str(error)
            continue
        if found > weight:
            best, weight = group, found
    return best, reason


def print_one(report):
    """The file of a report and its bytes; the reason when no record of the demonstration has it."""
    Model = report.env[report.model]
    extension = "xlsx" if report.report_type == "xlsx" else "pdf"
    reason = "no record"
    name = get_name(report)
    if Model._transient:
        records = make_wizard(Model)
    elif report.model == "commune.replacement.report":
        records = make_annual_report(Model)
    elif report.model == "commune.activity.report":
        records = make_activity_report(Model)
    elif report.model == "commune.visit.tour":
        found = Model._open_new(find_communes(report.env)[:4])
        records = Model.browse(found["res_id"])
        records.user_id = report.env["res.users"].search([("login", "=", "charge-mission")])
    elif name == "service_year":
        records = find_billed(report.env)
    else:
        records = Model.search(WANTED.get(name, WANTED.get(report.model, [])), limit=TRIED)
    if report.model not in TOGETHER and len(records) > 1:
        records, reason = find_fullest(report, records)
    content = b""
    try:
        content = make(report, records) if records else b""
    except UserError as error:
        reason = str(error)
    return f"{name}.{extension}", content, reason


def make_wizard(Model):
    """A wizard as it opens, or once it has counted, for the documents that ask for something."""
    wizard = Model.create({})
    if "year" in Model._fields:
        wizard.year = YEAR
    if hasattr(wizard, "action_compute"):
        wizard.action_compute()
    return wizard


def describe_cases(env):
    """The cases of the year in words, counted: the page beside it gives figures."""
    start, end = f"{YEAR}-01-01", f"{YEAR + 1}-01-01"
    cases = env["commune.replacement.incident"]
    opened = cases.search([("reported_date", ">=", start), ("reported_date", "<", end)])
    ended = opened.filtered("closed_date")
    return f"Exemple : {len(opened)} dossiers ouverts dans l’année, dont {len(ended)} terminés."


def make_annual_report(Model):
    """Annual report of the demonstration, with its texts and current figures."""
    found = Model.search([("year", "=", YEAR)], limit=1)
    return found or Model.create(
        {
            "year": YEAR,
            "foreword": "Exemple : une année de montée en charge.",
            "quality_note": describe_cases(Model.env),
            "agent_note": "Exemple : formation à l’état civil.",
            "proposal_note": "Exemple : un poste mutualisé de comptabilité.",
        }
    )


def make_activity_report(Model):
    """Activity report of the year, with an introduction and current figures."""
    found = Model.search([("date_start", "=", f"{YEAR}-01-01")], limit=1)
    return found or Model.create(
        {
            "date_start": f"{YEAR}-01-01",
            "date_end": f"{YEAR}-12-31",
            "introduction": "<p>Exemple : une année au plus près des communes.</p>",
        }
    )


def print_signed(env):
    """A convention in force."""
    report = env.ref("commune_relations.agreement_report")
    return make(report, env["agreement"].search([("state", "=", "active")], limit=1))


def print_amendment(env):
    """The draft of an amendment to it."""
    agreement = env["agreement"].search([("state", "=", "active")], limit=1)
    agreement.action_amend()
    draft = agreement.amendment_ids[:1]
    draft.start_date = f"{YEAR + 1}-01-01"
    return make(env.ref("commune_relations.agreement_report"), draft)


def print_cancelling(env):
    """The statement of the demonstration that cancels another one."""
    opposite = env["commune.replacement.statement"].search(
        [("state", "=", "issued"), ("kind", "=", "cancelling")], limit=1
    )
    return make(env.ref("commune_relations.replacement_statement_report"), opposite)


def print_finance(env):
    """Print the file that the finance department imports."""
    content = env["commune.replacement.statement"].search([("state", "=", "issued")])
    content = content._get_finance_csv()
    return content if isinstance(content, bytes) else content.encode()


def find_service(template, draft):
    """A service of the demonstration that rests on the text of a model of convention: that of the
    draft, whose impact sheet it is, else another; where there is none, and for the models of the
    replacement service, that one, given the text for the time of the printing."""
    Service, own = template.env["commune.service"], draft.offer_ids.service_id[:1]
    used = [("state", "=", "active"), ("offer_ids.price_ids", "!=", False)]
    lent = [*used, ("offer_ids.price_ids.kind", "!=", "free")]
    if not template.basis_ids:
        return Service.search([*used, ("contract_form", "=", "framework")], limit=1)
    if own.legal_basis_id in template.basis_ids:
        return own
    for basis in template.basis_ids if template not in find_replacements(template.env) else ():
        basis_is = ("legal_basis_id", "=", basis.id)
        for domain in (lent, used):  # a service with a price fills more of the page
            if found := Service.search([*domain, basis_is], limit=1):
                return found
    other = Service.search([*used, ("offer_ids.is_replacement", "=", True)], limit=1)
    other.legal_basis_id = template.basis_ids[:1]
    return other


def find_replacements(env):
    names = ("replacement", "replacement_provision")
    return env["commune.agreement.template"].union(
        *(env.ref(f"commune_relations.agreement_template_{name}") for name in names)
    )


def print_model(template):
    """A draft of the demonstration under another model of convention, its basis, and an offer of a
    service that rests on it."""
    draft = template.env["agreement"].search([("state", "=", "draft")], limit=1)
    service = find_service(template, draft)
    basis = service.legal_basis_id
    forms = (basis.contract_forms or service.contract_form).split()
    draft.write(
        {
            "name": f"Convention – {service.name}",
            "template_id": template.id,
            "legal_basis_id": basis.id or draft.legal_basis_id.id,
            "contract_form": service.contract_form if service.contract_form in forms else forms[0],
            "offer_ids": [Command.set(service.offer_ids[:1].ids)],
            "forecast": False,
            "forecast_ids": [Command.clear()],
        }
    )
    if not draft.needs_impact:
        draft.write(dict.fromkeys(EFFECTS, False) | {"impact_ids": [Command.clear()]})
    counted = draft._get_unforecast_offers()
    draft.forecast_ids = [
        Command.create({"offer_id": offer.id, "quantity": 12}) for offer in counted
    ]
    if not counted:
        draft.forecast = "Exemple : environ douze recours par an."
    return make(template.env.ref("commune_relations.agreement_report"), draft)


def find_others(env):
    """{name of the file: what prints it}"""
    models = env["commune.agreement.template"].search([("kind", "=", "agreement")])
    return {
        "agreement_signed.pdf": lambda: print_signed(env),
        "agreement_amendment.pdf": lambda: print_amendment(env),
        "replacement_statement_cancelling.pdf": lambda: print_cancelling(env),
        "replacement_statements.csv": lambda: print_finance(env),
        **{
            f"agreement_model_{rank:02}.pdf": lambda model=model: print_model(model)
            for rank, model in enumerate(models, 1)
        },
    }


def print_other(env, make_it):
    """Its bytes, or why there are none; what was changed to print it is undone."""
    content, reason = b"", ""
    env.cr.execute("SAVEPOINT specimen")
    try:
        content = make_it()
    except UserError as error:
        reason = str(error)
    env.cr.execute("ROLLBACK TO SAVEPOINT specimen")
    env.invalidate_all()
    return content, reason


def keep(name, content, reason):
    """Write a document and print its name; 1 when there is one."""
    if content:
        (FOLDER / name).write_bytes(content)
    print(f"{name:45} {len(content):8} {'' if content else reason}")
    return int(bool(content))


env = env(  # noqa: F821 - given by `odoo shell`
    context={"lang": "fr_FR", "tz": "Europe/Paris", "force_report_rendering": True}
)
printed = 0
for report in find_documents(env):
    printed += keep(*print_one(report))
for name, make_it in find_others(env).items():
    printed += keep(name, *print_other(env, make_it))
print(f"{printed} documents")
env.cr.rollback()
