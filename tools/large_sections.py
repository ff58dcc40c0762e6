"""Measures of section 2 of the issue on growth that are not calls of the bench.

Background tasks, figures by letter or by commune, links without an index. The rest of
`large_sections.csv` names calls.
"""

import io
import re
import resource
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from threading import Event
from unittest.mock import MagicMock, patch

from large_plans import Recorder
from large_screens import as_user, get_form_spec, get_record, measure_window

from odoo.tools.pdf import PdfFileReader

from odoo.addons.commune_relations.engine.pdf.worker import Drawing
from odoo.addons.commune_relations.engine.staffing.worker import Search
from odoo.addons.commune_relations.models.replacement.planning.engine_adapter import build

ADDON = "commune_relations."
FILES = 100_000
MOST_SECONDS = 400  # of a background task, in elapsed seconds
REQUESTS = 276  # that are planned together
SEARCH_SECONDS = 30
LETTERS = (4, 24)
PERSONS = 80
PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.M)


def measure_sections(env, meter):
    """:param env: that of a manager"""
    _measure_form(env, meter)
    _measure_plan(as_user(env, "coordination"), meter)
    members = env.company.epci_id._get_members().sorted("id")
    for count in (46, 158):
        if len(members) >= count and meter.wants(name := f"annuaire, PDF, {count} communes"):
            meter.note(name, _draw_directory(env, members[:count]))
    people = env["commune.audience"].search([]).partner_ids.sorted("id")[:PERSONS]
    meter.measure("action", "publics de 80 personnes", lambda: people.mapped("audience_ids").ids)
    measure_window(env, meter, "Toutes les communes", env.ref(f"{ADDON}commune_action").sudo())
    if meter.wants("états annuels"):
        meter.note("états annuels", _count_statements(env, meter, members))
    if meter.wants("lettre qui part"):
        meter.note("lettre qui part", _count_letters(env(su=True), meter))
    if meter.wants("liens sans index"):
        meter.note("liens sans index", _count_links(env))


def _measure_form(env, meter):
    """The form of a request while the database holds many third-party files."""
    name = "fiche d’une demande parmi 100 000 pièces"
    window = env.ref(f"{ADDON}commune_request_action").sudo()
    record = get_record(env, window)
    if not (record and meter.wants(name)):
        return
    spec = get_form_spec(env, window)
    with env.cr.savepoint() as point:
        env.cr.execute(
            """
            INSERT INTO ir_attachment (name, res_model, res_id, type, public, create_uid, write_uid,
                                       create_date, write_date)
            SELECT 'piece', 'helpdesk.ticket', t.id, 'binary', false, 1, 1, now(), now()
              FROM (SELECT max(id) AS id FROM helpdesk_ticket WHERE id <> %(record)s) t,
                   generate_series((SELECT count(*) FROM ir_attachment) + 1, %(files)s)
            """,
            {"record": record.id, "files": FILES},
        )
        meter.measure("action", name, lambda: record.web_read(spec))
        point.rollback()


def _measure_plan(env, meter):
    requests = env["commune.replacement.request"].search(
        [("slot_ids.state", "=", "open")], order="id", limit=REQUESTS
    )
    meter.measure(
        "action",
        "plan des demandes ouvertes",
        lambda: [requests.plan(requests, solver="greedy")["filled"]],
    )
    if requests and meter.wants(name := "plan cherché à part"):
        problem = build(requests.sudo()).problem
        start = time.process_time()
        _found, seconds, _work = _wait(Search, problem, "cpsat", SEARCH_SECONDS)
        cpu = time.process_time() - start
        meter.note(name, f"{len(requests)} requests: {seconds:.0f} s, {cpu:.1f} s of the job")


def _wait(kind, *asked):
    """(result, seconds, resources of its process) of a background task."""
    with tempfile.TemporaryDirectory() as folder:
        task, begun, memory = kind(Path(folder) / "task"), time.monotonic(), 0
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        process = Path(f"/proc/{task.start(*asked)}")
        while (found := task.found) is None and time.monotonic() - begun < MOST_SECONDS:
            memory = max(memory, _get_peak(process))
            Event().wait(0.2)
        seconds = time.monotonic() - begun
        while process.exists() and time.monotonic() - begun < MOST_SECONDS:
            memory = max(memory, _get_peak(process))
            Event().wait(0.2)  # its memory is given back
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return found, seconds, (spent, memory)


def _get_peak(process):
    """Peak memory of a process, in megabytes.

    Read while it runs: the figure of an ended process includes the memory of the bench, its parent.
    """
    with suppress(OSError):
        found = PEAK.search((process / "status").read_text())
        return int(found[1]) / 1024 if found else 0
    return 0


def _draw_directory(env, communes):
    wizard = env["commune.directory.print"].create({"commune_ids": communes.ids})
    asked = env["ir.actions.report"]._prepare_worker_input(f"{ADDON}directory_document", wizard.ids)
    found, _seconds, (spent, memory) = _wait(Drawing, *asked)
    if not isinstance(found, bytes):
        return f"{found or 'not drawn'}"
    pages = len(PdfFileReader(io.BytesIO(found)).pages)
    return f"{pages} pages, {spent:.0f} s, {pages / spent:.1f} pages/s, {memory:,.0f} MB"


def _count_statements(env, meter, members):
    wizard = env["commune.service.year.print"].create({})
    served = wizard._get_served() & members
    report = env["ir.actions.report"]

    def draw(count):
        ids = served[:count].ids
        data = {"year": wizard.year, "document_ids": ids}
        return report._render_qweb_pdf(f"{ADDON}service_year", ids, data)[0]

    read = []
    for count in (2, 2, 12):  # once to warm
        recorder = Recorder()
        with recorder.listen():  # what is read, not the savepoints of a bench
            meter.run(lambda n=count: draw(n))
        read.append(sum(recorder.times.values()))
    return f"{(read[2] - read[1]) / 10:.1f} queries a commune"


def _count_letters(env, meter):
    """Cost of each additional letter, without the mail server."""
    classes = env.registry

    def send(count):
        people = env["res.partner"].search([("email", "!=", False)], order="id", limit=count)
        values = {"subject": "Banc", "body_html": "<p>Banc</p>", "auto_delete": True}
        sender = {"email_from": env.company._get_organisation_sender() or "banc@banc.example"}
        mails = env["mail.mail"].create(
            [{**values, **sender, "email_to": person.email} for person in people]
        )
        mails._follow("message", people)
        env.flush_all()
        env.invalidate_all()
        before = env.cr.sql_log_count
        super(classes["mail.mail"], mails).send()
        env.flush_all()
        return env.cr.sql_log_count - before

    server = classes["ir.mail_server"]
    with (
        patch.object(classes["res.company"], "_holds_letters", lambda _company: False),
        patch.object(server, "_is_demonstration", lambda _server: False),  # would file them as sent
        patch.object(server, "_connect__", lambda *_args, **_values: MagicMock()),
        patch.object(server, "send_email", lambda *_args, **_values: "<banc@banc.example>"),
    ):
        counts = []
        for count in (LETTERS[0], *LETTERS):  # once to warm
            meter.run(lambda n=count: counts.append(send(n)))
    return f"{(counts[-1] - counts[-2]) / (LETTERS[1] - LETTERS[0]):.0f} queries a letter"


def _count_links(env):
    """Links of the addon to records deleted or merged one by one in tables of thousands of rows."""
    tables = [model._table for model in env.values() if model._auto and not model._transient]
    env.cr.execute(
        """
        SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (
                   SELECT FROM pg_index i
                    WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1]))
          FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
         WHERE c.contype = 'f' AND starts_with(t.relname, 'commune_') AND t.relname = ANY(%s)
           AND c.confrelid::regclass::text
            IN ('res_partner', 'commune_mandate', 'ir_attachment', 'helpdesk_ticket')
        """,
        [tables],
    )
    return "{1} of {0}".format(*env.cr.fetchone())
