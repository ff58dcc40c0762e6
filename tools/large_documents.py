"""Every report, on a record that both databases have, and every scheduled action of a day."""

from large_screens import APART, as_user

ADDON = "commune_relations."
# A process of its own draws them: here, what the server makes ready for it. See `large_sections.py`.
APART_TOO = f"{ADDON}directory_document"
# Which records of their model have the document, where not all have.
WITH_DOCUMENT = {
    "certificate": [("event_id.kind", "=", "training"), ("attended_half_days", ">", 0)],
    "guide_template": [("kind", "=", "model")],
}


def measure_reports(env, meter):
    staff_env = as_user(env, "direction")
    staff_env = staff_env(context={**staff_env.context, "force_report_rendering": True})
    reports = env["ir.actions.report"].search([("report_name", "=like", f"{ADDON}%")])
    for report in reports.with_env(staff_env).sudo():
        model = staff_env[report.model]
        name = report.report_name.removeprefix(ADDON)
        domain = [("id", "<", APART), *WITH_DOCUMENT.get(name, [])]
        if report.model == "res.partner":
            domain = [("is_commune", "=", True), *domain]
        if report.model == "res.company":
            domain = []
        record = model if model._transient else model.search(domain, order="id desc", limit=1)
        _measure_report(staff_env, meter, report, record)


def _measure_report(env, meter, report, record):
    name = report.report_name

    def draw():
        drawn = record or record.create({})  # a window, or what nobody has made yet
        reports = env["ir.actions.report"]
        if name == APART_TOO:
            return reports._prepare_worker_input(name, drawn.ids)[0].encode()
        if report.report_type == "xlsx":
            return reports._render_xlsx(name, drawn.ids, {})
        if report.report_type == "qweb-pdf":
            return reports._render_qweb_pdf(name, drawn.ids)
        return reports._render(name, drawn.ids)

    label = f"{name.removeprefix(ADDON)} ({record.id or 'new'})"
    meter.measure("paper", label, draw)


def measure_crons(env, meter):
    data = env["ir.model.data"].search(
        [("module", "=", "commune_relations"), ("model", "=", "ir.cron")]
    )
    for entry in data.sorted("name"):
        cron = env["ir.cron"].browse(entry.res_id)
        action = cron.ir_actions_server_id.with_user(cron.user_id).with_context(lastcall=None)
        meter.measure("scheduled action", entry.name, lambda action=action: [bool(action.run())])
