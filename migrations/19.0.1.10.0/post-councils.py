"""Councils and committees as the law has them: terms, notice rules, dispatches, the chair, Good
Friday. What was held or called stays as it was, but for the chair, who is added to the sheets of
the sittings to come; no paper is drawn again."""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL
from odoo.tools.sql import column_exists, table_exists

from odoo.addons.commune_relations.engine.opendata.renewal import general_renewal
from odoo.addons.commune_relations.models.committees.committee.kinds import ADVISORY
from odoo.addons.commune_relations.models.core.inside import NO_LETTERS

# What was read of the texts of the rules that were there already; see docs/law.md.
READ = {
    "council_epci": (
        "Council of State, 22 July 2015, n° 383072, in a summary: five clear days, first sitting"
        " included",
        "Legal department to confirm in the version in force of L.5211-1 and L.2121-12; the"
        " summary was read, not the articles.",
    ),
    "council_large": (
        "Quoted in municipal rules of procedure and ministerial answers, not dated",
        "Legal department to confirm in the version in force of L.2121-12.",
    ),
    "council_small": (
        "Quoted in Senate report n° 20 (2010-2011), art. 41",
        "Legal department to confirm in the version in force of L.2121-11.",
    ),
    "council_large_local": (
        "L.2541-1 and L.2541-2 as published on codes-et-lois.fr, not dated: L.2121-12 is not set"
        " aside there",
        "Legal department to confirm that five clear days apply from 3,500 inhabitants.",
    ),
    "council_small_local": (
        "L.2541-2 as published on codes-et-lois.fr, not dated",
        "Legal department to confirm that “three days at least before” counts the day of the"
        " sitting as the last one.",
    ),
    "mayors": (
        "L.5211-11-3 (law of 27 December 2019), summary of an intercommunality",
        "General secretariat: the delay of the rules of procedure of the council of the"
        " intercommunality.",
    ),
    "house": ("No text", "General secretariat: the delay that the house gives itself."),
}


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True, **NO_LETTERS})
    _fill_terms(env)
    _fill_rules(env)
    _follow_the_month(env)
    _say_good_friday(env)
    _advise(env)
    _name_outcomes(env)
    _seat_chairs(env)


def _fill_terms(env):
    """The figures of the renewal: kept in January of that year for the amounts, or those of the
    sheet when they are of the right census; else today's, to be confirmed."""
    cr, today = env.cr, env.company._get_today()
    start = general_renewal(today)
    communes = env["res.partner"].search(
        [("is_commune", "=", True), ("active", "in", [True, False])]
    )
    kept = {}
    if table_exists(cr, "commune_service_population"):
        cr.execute(
            SQL(
                "SELECT commune_id, population, population_year FROM commune_service_population"
                " WHERE year = %s AND population_year = %s",
                start.year,
                start.year - 3,
            )
        )
        kept = {commune: figures for commune, *figures in cr.fetchall()}
    known = env["commune.council.term"].search([("date_start", "=", start)]).commune_id
    env["commune.council.term"].create(
        [
            {
                "commune_id": commune.id,
                "date_start": start,
                "population": kept[commune.id][0],
                "population_year": kept[commune.id][1],
            }
            for commune in communes - known
            if commune.id in kept
        ]
    )
    communes.filtered("population")._note_council_terms()


def _fill_rules(env):
    """Which version was read, who must confirm: where nobody wrote it yet."""
    for code, (read, to_confirm) in READ.items():
        rule = env.ref(f"commune_relations.notice_rule_{code}", raise_if_not_found=False)
        if rule and not rule.version_read:
            rule.write({"version_read": read, "to_confirm": to_confirm})
    env["commune.notice.rule"]._apply_to_committees()


def _follow_the_month(env):
    """Thirty days stood for the month of the law; a house that set another number keeps it."""
    committees = env["commune.committee"].search(
        [("dispatch_days", "=", 30), ("active", "in", [True, False])]
    )
    committees.dispatch_days = 0


def _say_good_friday(env):
    """A box that was ticked is a yes; one that was not says nothing. The seat is the member
    commune of the town of the address."""
    if column_exists(env.cr, "res_partner", "good_friday_holiday"):
        env.cr.execute(
            "UPDATE res_partner SET good_friday_church = 'yes'"
            " WHERE good_friday_holiday AND good_friday_church IS NULL"
        )
        env.invalidate_all()
    for epci in env["res.partner"].search(
        [("is_epci", "=", True), ("seat_commune_id", "=", False)]
    ):
        town = (epci.city or "").strip().lower()
        epci.seat_commune_id = epci.member_ids.filtered(
            lambda commune, t=town: (commune.name or "").lower() == t
        )[:1]


def _advise(env):
    """Items to come of an advisory committee ask for its opinion."""
    items = env["commune.session.item"].search(
        [
            ("kind", "=", "decision"),
            ("committee_id.kind", "in", ADVISORY),
            ("session_id.state", "=", "draft"),
        ]
    )
    items.kind = "opinion"


def _name_outcomes(env):
    """The letter of the minutes speaks of opinions where they are; a text that a manager wrote
    otherwise stays."""
    template = env.ref("commune_relations.mail_template_session_minutes", raise_if_not_found=False)
    if not template:
        return
    for lang, _name in env["res.lang"].get_installed():
        letter = template.with_context(lang=lang)
        for word in ("Decisions", "Décisions"):
            old, new = (
                f"<strong{attribute}>{word}</strong>"
                for attribute in ("", ' t-out="object.session_id._get_outcome_name()"')
            )
            if old in (letter.body_html or ""):
                letter.body_html = letter.body_html.replace(old, new)


def _seat_chairs(env):
    """The chair has a seat from now on, and a line at the sittings that are called but not held;
    who presided before stays in the minutes."""
    committees = env["commune.committee"].search([("chair_id", "!=", False)])
    committees._seat_chair(committees.env.company._get_today())
    sessions = env["commune.session"].search(
        [
            ("committee_id", "in", committees.ids),
            ("state", "in", ("draft", "agenda", "convened")),
            ("date", ">=", "today"),
            ("opened_at", "=", False),
        ]
    )
    for session in sessions:
        chair = session.committee_id.member_ids.filtered("is_chair_seat")
        seats = chair.filtered(lambda seat, s=session: seat._sits_on(s.date))
        missing = seats - session.attendance_ids.member_id
        env["commune.attendance"].create(
            [{"session_id": session.id, "member_id": seat.id} for seat in missing]
        )
