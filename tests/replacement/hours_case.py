"""A mission that was worked: Nadia in Aubrive, Mondays and Tuesdays in the morning."""

from datetime import date, datetime
from unittest.mock import patch

from odoo.fields import Command

from odoo.addons.commune_relations.engine.opendata.codes import siret

from .replacement_case import MONDAY, ReplacementCase


class HoursCase(ReplacementCase):
    """27 € an hour from 1 January 2027, 0.32 € a kilometre; 10 km from home.

    The half-days are of 3.5 hours: 94.50 € each, and 6.40 € a day of travel.
    `agent_user` is Nadia's portal account; the day is 31 January 2027 for the hours.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tariff = cls._tariff()
        make_parties(cls.env, cls.epci, cls.commune_a | cls.commune_b)
        cls.agent_user = cls._portal("nadia", "Nadia", "FERRY", "mme")
        cls.nadia.user_id = cls.agent_user
        cls.karim_user = cls._portal("karim", "Karim", "BENALI", "m")
        cls.karim.user_id = cls.karim_user
        cls.sheets = cls.env["commune.replacement.timesheet"]
        cls.statements = cls.env["commune.replacement.statement"]
        today = patch.object(type(cls.sheets), "_get_today", lambda self: date(2027, 1, 31))
        cls.startClassPatcher(today)

    @classmethod
    def _tariff(cls, **values):
        return cls.env["commune.replacement.tariff"].create(
            {
                "name": "Tarif 2027",
                "date_start": "2027-01-01",
                "unit": "hour",
                "amount": 27,
                "travel": "km",
                "travel_amount": 0.32,
                "cancel_days": 1,
                "cancel_half_days": 2,
                "end_days": 7,
                **values,
            }
        )

    def _mission(self, agent=None, **values):
        request = self._request(distance_km=10, **values)
        proposal = request._assign(agent or self.nadia, request.slot_ids)
        proposal._answer("agent", True, None)
        proposal._answer("commune", True, None)
        return proposal.mission_id

    def _sheet(self, mission=None, monday=MONDAY, submit=True):
        """The week as planned, entered by the agent."""
        mission = mission or self._mission()
        sheets = self.sheets.with_user(self.agent_user)
        sheet = sheets._save_entries(mission, monday, sheets._get_entries(mission, monday))
        if submit:
            sheet._submit(self.agent_user.partner_id)
        return sheet.sudo(False).with_env(self.env)

    def _sign(self, sheet, objections=None, user=None, name=None):
        """The mayor answers every line that waits: right, but for the objections by index."""
        lines = sheet.line_ids.filtered(lambda line: line.state == "entered")
        decisions = {
            line.id: (objections or {}).get(rank, False) for rank, line in enumerate(lines)
        }
        sign_hours(sheet, user or self.portal_a, decisions, name)

    def _billed(self, sheets, start="2027-01-01", end="2027-01-31"):
        sheets.action_check()
        return self.statements._prepare_statements(
            date.fromisoformat(start), date.fromisoformat(end)
        )

    def _cancelled(self, mission, moment):
        """The moment at which the half-days were cancelled, as naive UTC."""
        mission.slot_ids.filtered(lambda s: s.state == "cancelled").cancelled_date = moment

    @staticmethod
    def _moment(*args):
        return datetime(*args)  # noqa: DTZ001 (Odoo keeps naive UTC)


def sign_hours(sheet, user, decisions, name=None):
    """Anyone who signs for the commune, as on the portal: the current hours were read."""
    read = sheet.sudo()._get_shown_print()
    sheet.with_user(user)._decide(decisions, user.name if name is None else name, read)


def make_siret(place):
    """A SIRET whose key fits: its SIREN, an establishment, the digit that Luhn asks for."""
    return next(filter(None, (siret(f"{place.siren}0001{key}") for key in range(10))))


def make_parties(env, epci, communes):
    """What a statement names: both establishments, who orders the receipts."""
    for place in epci | communes:
        place.siret = make_siret(place)
    env.company.write({"ordonnateur_name": "Jean MARTIN", "ordonnateur_title": "président"})


def get_hours_records(case, records):
    """Records for the access matrix: a week signed, a statement issued, in commune A."""
    env = case.env
    mission = records["mission"]
    make_parties(env, case.epci, case.commune_a)
    env["commune.replacement.tariff"].create(
        {"name": "Tarif (essai)", "date_start": "2026-01-01", "unit": "hour", "amount": 27}
    )
    sheets = env["commune.replacement.timesheet"]
    with patch.object(type(sheets), "_get_today", lambda self: MONDAY):
        sheet = sheets.create(
            {
                "mission_id": mission.id,
                "week_start": MONDAY,
                "line_ids": [
                    Command.create(
                        {"date": MONDAY, "half_day": "am", "hour_start": 8.5, "hour_end": 12}
                    )
                ],
            }
        )
        sheet._submit(case.portal_a.partner_id)
    sign_hours(sheet, case.portal_a, {sheet.line_ids.id: False})
    sheet.action_check()
    statement = env["commune.replacement.statement"]._prepare_statements(MONDAY, MONDAY)
    draft = env["commune.replacement.statement"].create(
        {"commune_id": case.commune_a.id, "date_start": MONDAY, "date_end": MONDAY}
    )
    statement.action_check()
    statement.action_issue()
    return {
        "tariff": statement.line_ids.tariff_id,
        "timesheet": sheet,
        "timesheet_line": sheet.line_ids,
        "timesheet_log": sheet.log_ids[:1],
        "statement": statement,
        "statement_draft": draft,
        "statement_line": statement.line_ids,
    }
