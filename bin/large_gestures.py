"""Gestures whose work should be that of what they are about, whatever else the database holds."""

from large_screens import APART, as_user

OURS = "commune_relations."
SIZES = (46, 158)  # communes; the second in LARGE only


def measure_gestures(env, meter):
    house = as_user(env, "direction")
    house = house(context={**house.context, "force_report_rendering": True})
    members = house.company.epci_id._get_members().sorted("id")
    for size in SIZES:
        if len(members) >= size:
            _measure_papers(house, meter, members[:size])
    _measure_replacement(as_user(env, "coordination"), meter)
    campaigns = house["commune.survey.campaign"].search(
        [("state", "=", "open"), ("id", "<", APART)], limit=1
    )
    if campaigns:
        meter.measure("gesture", "enquête, relance de toutes", lambda: [campaigns.action_remind()])


def _measure_papers(env, meter, communes):
    reports, count = env["ir.actions.report"], len(communes)

    def draw_directory(kind):
        wizard = env["commune.directory.print"].create({"commune_ids": communes.ids})
        if kind == "xlsx":
            return reports._render_xlsx(f"{OURS}directory_xlsx", wizard.ids, {})
        return reports._render_qweb_pdf(f"{OURS}directory_document", wizard.ids)

    calls = {
        "annuaire, PDF": lambda: draw_directory("pdf"),
        "annuaire, XLSX": lambda: draw_directory("xlsx"),
    }
    for name, call in calls.items():
        meter.measure("gesture", f"{name}, {count} communes", call)


def _measure_replacement(env, meter):
    """Who can go to a request that is still open, the same in both databases."""
    requests = env["commune.replacement.request"].search(
        [("slot_ids.state", "=", "open"), ("id", "<", APART)], order="id", limit=1
    )
    if requests:
        meter.measure("gesture", "qui peut y aller", lambda: [len(requests._get_candidates())])
