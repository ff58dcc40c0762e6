"""Demonstration of evaluations over the months, and of a few cases at different steps: invented."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

# Scores of the commune, then of the agent, in turn; a word to the service now and then.
ANSWERS = (
    ((4, 3, 4, 4, 3, 4, 3), (3, 3, 4, 3), "Très bonne reprise des dossiers en cours."),
    ((3, 4, 4, 3, 4, 4, 4), (4, 3, 3, 3), ""),
    ((4, 4, 3, 4, 4, 4, 4), (3, 2, 4, 4), ""),
    ((2, 3, 3, 2, 3, 4, 2), (2, 2, 3, 2), "Arrivées tardives le lundi."),
    ((4, 4, 4, 4, 4, 4, 3), (4, 4, 4, 3), ""),
)
# kind, gravity, days since the report, buttons pressed, facts
CASES = (
    ("access", "1", 2, (), "Aucun accès au logiciel de comptabilité le premier matin."),
    (
        "task",
        "2",
        9,
        ("action_acknowledge", "action_separate"),
        "L’agent a été chargé de l’entretien de la salle des fêtes, hors de sa mission.",
    ),
    (
        "disagreement",
        "3",
        24,
        ("action_acknowledge", "action_separate", "action_joint", "action_plan"),
        "Désaccord sur l’ordre des priorités entre le budget et l’état civil.",
    ),
    (
        "overload",
        "2",
        75,
        ("action_acknowledge", "action_plan", "action_followup", "action_close"),
        "Trois semaines de courrier en retard à l’arrivée.",
    ),
)


class QualityDemo:
    def _create_history(self, others):
        result = super()._create_history(others)
        missions = self.env["commune.replacement.mission"].search(
            [("state", "in", ("done", "evaluated", "invoiced", "ended_early"))], order="date_end"
        )
        self._evaluate_missions(missions)
        self._create_cases(missions)
        return result

    def _evaluate_missions(self, missions):
        """Each mission was asked about; one in six was not answered by the agent."""
        for rank, mission in enumerate(missions):
            commune, agent, word = ANSWERS[rank % len(ANSWERS)]
            for one in mission._ask_evaluations("end"):
                one.asked_date = mission.date_end
                if one.side == "agent" and not rank % 6:
                    one.state = "expired"
                    continue
                scores = commune if one.side == "commune" else agent
                names = [name for name, _question in one._get_questions()]
                answer = {name: str(n) for name, n in zip(names, scores, strict=True)}
                one._answer({**answer, "again": "yes"}, word if one.side == "commune" else "")
                one.answered_date = fields.Datetime.to_datetime(mission.date_end) + timedelta(
                    days=2, hours=9
                )

    def _create_cases(self, missions):
        """One case for each of the last missions, at a step of its own."""
        handler = self._get_demo_user("coordination") or self.env.user
        for (kind, severity, days, buttons, facts), mission in zip(
            CASES, reversed(missions), strict=False
        ):
            agent = mission.employee_id
            case = self.env["commune.replacement.incident"].create(
                {
                    "kind": kind,
                    "severity": severity,
                    "source": "mission",
                    "mission_id": mission.id,
                    "user_id": handler.id,
                    "facts": facts,
                    "closing_result": "solved" if "action_close" in buttons else False,
                    "closing_note": "Renfort de deux demi-journées ; plus de retard depuis."
                    if "action_close" in buttons
                    else False,
                    "party_ids": [
                        Command.create(
                            {"partner_id": agent.work_contact_id.id, "role": "concerned"}
                        )
                    ],
                }
            )
            for button in buttons:
                getattr(case, button)()
            reported = fields.Datetime.now() - timedelta(days=days)
            case.sudo().write(
                {
                    "reported_date": reported,
                    "acknowledged_date": case.acknowledged_date and reported + timedelta(hours=5),
                    "closed_date": case.closed_date and reported + timedelta(days=12),
                }
            )
