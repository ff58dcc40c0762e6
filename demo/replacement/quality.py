"""Demonstration of evaluations over the months, and of a few cases at different steps: invented."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

# Missions from the last one: the commune of this one does not wish the same agent again.
NOT_AGAIN = 2
# Scores of the commune, then of the agent, in turn; a word to the service now and then.
ANSWERS = (
    ((4, 3, 4, 4, 3, 4, 3), (3, 3, 4, 3), "Très bonne reprise des dossiers en cours."),
    ((3, 4, 4, 3, 4, 4, 4), (4, 3, 3, 3), ""),
    ((4, 4, 3, 4, 4, 4, 4), (3, 2, 4, 4), ""),
    ((2, 3, 3, 2, 3, 4, 2), (2, 2, 3, 2), "Arrivées tardives le lundi."),
    ((4, 4, 4, 4, 4, 4, 3), (4, 4, 4, 3), ""),
)
OVER = ("action_acknowledge", "action_separate", "action_plan", "action_followup", "action_close")
SHORT = ("action_acknowledge", "action_plan", "action_close")
# kind, gravity, days since the report, days between two steps, buttons pressed, facts, evaluation
CASES = (
    ("access", "1", 2, 1, (), "Aucun accès au logiciel de comptabilité le premier matin.", ""),
    (
        "task",
        "2",
        9,
        2,
        OVER[:2],
        "L’agent a été chargé de l’entretien de la salle des fêtes, hors de sa mission.",
        "",
    ),
    (
        "disagreement",
        "3",
        24,
        3,
        ("action_acknowledge", "action_separate", "action_joint", "action_plan"),
        "Désaccord sur l’ordre des priorités entre le budget et l’état civil.",
        "",
    ),
    (
        "overload",
        "2",
        75,
        3,
        OVER,
        "Trois semaines de courrier en retard à l’arrivée.",
        "Renfort de deux demi-journées ; plus de retard depuis.",
    ),
    (
        "access",
        "1",
        110,
        2,
        SHORT,
        "Pas de clé de la mairie le lundi matin.",
        "Un double des clés est tenu au service.",
    ),
    (
        "tension",
        "3",
        150,
        4,
        OVER,
        "Un usager s’est emporté au guichet.",
        "Accueil à deux le jour de permanence ; l’agent a été reçu.",
    ),
    (
        "absence",
        "2",
        205,
        2,
        OVER,
        "Trois arrivées après l’ouverture au public.",
        "Horaires adaptés au car ; plus de retard depuis.",
    ),
    (
        "error",
        "3",
        260,
        3,
        OVER,
        "Une paie transmise deux fois.",
        "Relecture à deux avant l’envoi ; rien de nouveau.",
    ),
    (
        "task",
        "1",
        320,
        2,
        SHORT,
        "Courses demandées à l’agent.",
        "La liste des tâches a été relue avec la mairie.",
    ),
)
HEARD = "disagreement"  # the case with an interview, a measure and a piece of evidence
TALK = "L’agent souhaite un ordre écrit des priorités, signé des deux."
THOUGHT = "Ton calme ; rien d’autre n’a été dit."
ORDER = "Une autre commune jusqu’à la fin du trimestre, le temps d’écrire les priorités."
APART = 60  # days
PIECE = "Objet : priorités de la semaine\n\nLe budget d’abord, l’état civil attendra.\n"


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
                is_no = one.side == "commune" and rank == len(missions) - NOT_AGAIN
                answer["again"] = "no" if is_no else "yes"
                one._answer(answer, word if one.side == "commune" else "")
                one.answered_date = fields.Datetime.to_datetime(mission.date_end) + timedelta(
                    days=2, hours=9
                )

    def _create_cases(self, missions):
        """Incidents over the year: recent ones are open, the others closed; then the
        warnings that the night would find."""
        for found, mission in zip(CASES, reversed(missions), strict=False):
            self._create_case(mission, *found)
        self.env["commune.replacement.alert"]._cron_warn()

    def _create_case(self, mission, kind, severity, days, pace, buttons, facts, note):
        handler = self._get_demo_user("coordination") or self.env.user
        agent = mission.employee_id.work_contact_id
        case = (
            self.env["commune.replacement.incident"]
            .with_user(handler)
            .create(
                {
                    "kind": kind,
                    "severity": severity,
                    "source": "mission",
                    "mission_id": mission.id,
                    "user_id": handler.id,
                    "facts": facts,
                    "closing_result": "solved" if note else False,
                    "closing_note": note,
                    "party_ids": [Command.create({"partner_id": agent.id, "role": "concerned"})],
                }
            )
        )
        for button in buttons:
            getattr(case, button)()
        if kind == HEARD:
            self._hear(case)
        self._date_case(case.sudo(), days, pace)

    def _hear(self, case):
        """What a case may hold, each read by other people."""
        env, party = case.env, case.party_ids.ids
        common = {"incident_id": case.id, "party_ids": party}
        env["commune.replacement.incident.interview"].create(
            {**common, "date": fields.Datetime.now(), "summary": TALK, "note": THOUGHT}
        )
        measure = env["commune.replacement.incident.measure"].create(
            {
                **common,
                "kind": "exclusion",
                "date_end": env.company._get_today() + timedelta(days=APART),
                "party_text": ORDER,
            }
        )
        measure.action_look()  # the decision is left to who tries it
        piece = env["ir.attachment"].create({"name": "courriel.txt", "raw": PIECE.encode()})
        case.evidence_ids = [Command.link(piece.id)]

    def _date_case(self, case, days, pace):
        """Reported so many days ago, acknowledged within the day, then a step each so many."""
        first = fields.Datetime.now().replace(hour=9, minute=0, second=0) - timedelta(days=days)
        moments = [first, first + timedelta(hours=5)]
        moments += [first + timedelta(days=pace * rank) for rank in range(1, len(case.event_ids))]
        lines = case.event_ids.sorted("id")
        for line, moment in zip(lines, moments, strict=False):
            line.date = moment
        case.write(
            {
                "reported_date": first,
                "acknowledged_date": case.acknowledged_date and moments[1],
                "closed_date": case.closed_date and moments[len(lines) - 1],
            }
        )
