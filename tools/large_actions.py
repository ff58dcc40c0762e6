"""Actions whose work should be that of what they are about, whatever else the database holds."""

from dateutil.relativedelta import relativedelta
from large_screens import APART, as_user
from large_sections import measure_sections

ADDON = "commune_relations."
SIZES = (46, 158)  # communes; the second in LARGE only


def measure_actions(env, meter):
    staff_env = as_user(env, "direction")
    staff_env = staff_env(context={**staff_env.context, "force_report_rendering": True})
    members = staff_env.company.epci_id._get_members().sorted("id")
    for communes in (members[:size] for size in SIZES if len(members) >= size):
        _measure_directory(staff_env, meter, communes)
    _measure_replacement(as_user(env, "coordination"), meter)
    _measure_survey(staff_env, meter)
    _measure_files(staff_env, meter)
    _measure_letters(staff_env, meter)
    measure_sections(staff_env, meter)


def _measure_directory(env, meter, communes):
    def draw():
        wizard = env["commune.directory.print"].create({"commune_ids": communes.ids})
        return env["ir.actions.report"]._render_xlsx(f"{ADDON}directory_xlsx", wizard.ids, {})

    meter.measure("action", f"annuaire, XLSX, {len(communes)} communes", draw)


def _measure_replacement(env, meter):
    """Who can go to a request that is still open, the same in both databases; what could be done
    for those that look for somebody."""
    requests = env["commune.replacement.request"].search(
        [("slot_ids.state", "=", "open"), ("id", "<", APART)], order="id", limit=1
    )
    if requests:
        meter.measure("action", "qui peut y aller", lambda: [len(requests._get_candidates())])


def _measure_files(env, meter):
    """What is made for several communes at once."""
    statements = env["commune.replacement.statement"].search([("id", "<", APART)], limit=30)
    campaign = env["commune.directory.campaign"].search([], order="id", limit=1)
    meter.measure(
        "action", "fichier pour les finances, 30 états", lambda: [statements._get_finance_csv()]
    )
    if campaign:
        meter.measure("action", "annuaire, à qui écrire", lambda: [len(campaign._get_addressees())])


def _measure_letters(env, meter):
    """What a press that writes to all mayors holds the page for: the texts are written later."""
    events = env["event.event"].search([("kind", "!=", False), ("id", "<", APART)], order="id desc")
    event = next((one for one in events if one._is_open_to_answers()), None)
    surveys = env["commune.survey.campaign"].search([("id", "<", APART)], order="id", limit=1)
    audiences = env["commune.audience"].search([("function_ids.code", "=", "mayor")])
    mayors = audiences.sorted(lambda one: len(one.function_ids))[:1]

    def invite():
        event.audience_ids = mayors
        return [event.action_invite()["params"]["message"]]

    def ask():
        last_day = env.company._get_today() + relativedelta(months=1)
        survey = surveys.copy({"date_end": last_day, "audience_ids": mayors.ids})
        return [survey.action_open()]

    if event:
        meter.measure("action", "invitations des maires", invite)
    if surveys:
        meter.measure("action", "enquête, ouverture aux maires", ask)


def _measure_survey(env, meter):
    campaign = env["commune.survey.campaign"].search(
        [("state", "=", "open"), ("id", "<", APART)], limit=1
    )
    if not campaign:
        return
    report = env["ir.actions.report"]
    waiting = campaign.target_ids.filtered(lambda one: one.state not in ("done", "refused"))
    calls = {
        "enquête, relance de toutes": lambda: [campaign.action_remind()],
        "enquête, réponses en XLSX": lambda: report._render_xlsx(
            f"{ADDON}survey_answers_xlsx", campaign.ids, {}
        ),
    }
    if len(waiting) >= SIZES[1]:
        few = waiting[: SIZES[1]]
        calls["enquête, relance de 158"] = lambda: [len(campaign._remind(few))]
    for name, call in calls.items():
        meter.measure("action", name, call)
