"""Files of requests and agents as other organisations write them, and files that cannot be used."""

import csv
import io
from datetime import date, time
from unittest import TestCase

from staffing_cases import AGENTS, REQUESTS, am, days, plain, pm

from engine.french_messages import FrenchError
from engine.replacement_csv import read_agents, read_events, read_requests


def file(text, name="demandes.csv", encoding="utf-8"):
    source = io.BytesIO(text.encode(encoding))
    source.name = name
    return source


def one_request(columns, values):
    return read_requests(file(f"{columns}\n{values}\n"))[0]


def one_agent(columns, values):
    return read_agents(file(f"{columns}\n{values}\n"))[0]


class TestRequests(TestCase):
    def test_same_requests_whatever_the_form_of_the_file(self):
        wanted = read_requests(REQUESTS)
        text = REQUESTS.read_text(encoding="utf-8")
        rows = list(csv.reader(io.StringIO(text)))
        turned = io.StringIO()
        writer = csv.writer(turned, delimiter=";", lineterminator="\r\n")
        writer.writerows([["notes", *reversed(row)] for row in rows])
        self.assertEqual(read_requests(file(turned.getvalue(), encoding="utf-8-sig")), wanted)
        self.assertEqual(read_requests(file(turned.getvalue(), encoding="cp1252")), wanted)

    def test_only_what_is_needed(self):
        found = one_request("demande_id,date_debut", "X1,2027-01-04")
        self.assertEqual(found.slots, (am(4), pm(4)))
        self.assertTrue(found.splittable and found.agreement)
        self.assertEqual((found.km, found.population, found.category), (None, None, ""))

    def test_days(self):
        for pattern, wanted in (
            ("lun:J mar:M", 3),
            ("lun-ven:J", 10),
            ("lun-ven:A", 5),
            ("lundi:matin, jeudi:après-midi", 2),
            ("mar", 2),
            ("M", 5),
            ("2027-01-05:M 07/01/2027", 3),
            ("lun:M|ven:A", 2),
            ("sam-lun:J", 6),
        ):
            found = one_request(
                "demande_id;date_debut;date_fin;jours", f"X1;2027-01-04;10/01/2027;{pattern}"
            )
            self.assertEqual(len(found.slots), wanted, pattern)

    def test_named_dates(self):
        found = one_request(
            "demande_id,date_debut,date_fin,jours,dates_precises",
            "X1,2027-01-04,2027-01-31,mar:M jeu:J,2027-01-05|2027-01-14|20/01/2027:A",
        )
        self.assertEqual(found.slots, (am(5), am(14), pm(14), pm(20)))

    def test_named_dates_give_the_period(self):
        found = one_request("demande_id,dates_precises", "X1,2027-01-05|2027-02-05")
        self.assertEqual(len(found.slots), 4)

    def test_holidays_of_the_department(self):
        def count(code, columns="", values=""):
            found = one_request(
                f"demande_id,code_insee,date_debut,date_fin{columns}",
                f"X1,{code},2027-03-22,2027-04-02{values}",
            )
            return len(found.slots) // 2

        self.assertEqual(count("57751"), 8)  # Good Friday and Easter Monday
        self.assertEqual(count("54395"), 9)  # Nancy: Easter Monday
        self.assertEqual(count("57751", ",vendredi_saint", ",non"), 9)
        self.assertEqual(count("67482"), 8)

    def test_commune_without_its_code(self):
        asked = read_requests(
            file(
                "demande_id,commune,date_debut,date_fin\n"
                "X1,Woippy,2027-03-22,2027-04-02\nX2,Nulle-Part,2027-03-22,2027-04-02\n"
            )
        )
        self.assertEqual([one.insee_code for one in asked], ["57751", ""])
        self.assertEqual([len(one.slots) for one in asked], [16, 18])

    def test_commune_without_its_code_has_the_holidays_of_most_communes_of_the_file(self):
        period = "2027-03-22,2027-04-02"
        rows = f"X1,57751,{period}\nX2,57463,{period}\nX3,54395,{period}\nX4,,{period}\n"
        asked = read_requests(file(f"demande_id,code_insee,date_debut,date_fin\n{rows}"))
        self.assertEqual([len(one.slots) // 2 for one in asked], [8, 8, 9, 8])

    def test_moment_of_a_request(self):
        for text, wanted in {
            "04/01/2027 16h45": (16, 45),
            "2027-01-04T08:05:30": (8, 5),
            "4 janvier 2027 à 16 h": (16, 0),
            "04/01/2027": (0, 0),
        }.items():
            found = one_request("demande_id;date_debut;date_demande", f"X;2027-01-04;{text}")
            self.assertEqual((found.received.hour, found.received.minute), wanted, text)

    def test_code_that_lost_its_zero(self):
        self.assertEqual(
            one_request("demande_id,code_insee,date_debut", "X,1004,2027-01-04").insee_code, "01004"
        )

    def test_agreement(self):
        columns = "demande_id,date_debut,date_fin,convention_signee,evenement_ulterieur"
        never = one_request(columns, "X1,2027-01-04,2027-01-08,non,")
        self.assertEqual((never.agreement, len(never.slots)), (False, 10))
        signed = one_request(
            columns, "X1,2027-01-04,2027-01-08,non,Convention signée le 06/01/2027"
        )
        self.assertEqual((signed.agreement, len(signed.slots)), (True, 4))


class TestEvents(TestCase):
    period = (date(2026, 12, 1), date(2027, 2, 26))

    def test_amendment(self):
        found = read_events(
            "Avenant du 04/01/2027 : + vendredi et mercredi matin, fin reportée du 29/01 au"
            " 26/02/2027",
            *self.period,
        )
        added = frozenset({(4, "am"), (4, "pm"), (2, "am")})
        self.assertEqual(found.amendments, ((date(2027, 1, 4), added, frozenset()),))
        self.assertEqual(found.end, date(2027, 2, 26))

    def test_amendment_that_takes_a_day_away(self):
        row = "X1,2027-01-04,2027-01-15,lun:J mar:J,Avenant du 11/01/2027 : - mardi"
        found = one_request("demande_id,date_debut,date_fin,jours,evenement_ulterieur", row)
        self.assertEqual(found.slots, (am(4), pm(4), am(5), pm(5), am(11), pm(11)))

    def test_evening_whose_year_is_not_stated(self):
        found = read_events("Conseil municipal le 14/01 de 20 h à 22 h 30", *self.period)
        evening = found.evenings[0]
        self.assertEqual(
            (evening.date, evening.start, evening.end), (date(2027, 1, 14), time(20), time(22, 30))
        )

    def test_cancelled_in_time_or_too_late(self):
        columns = "demande_id,date_debut,date_fin,evenement_ulterieur"
        late = one_request(
            columns, "X1,2027-01-04,2027-01-05,Annulée par la commune le 03/01/2027 à 16 h 30"
        )
        self.assertEqual(late.slots, (am(4), pm(4)))
        early = one_request(columns, "X1,2027-01-04,2027-01-05,Annulée le 02/01/2027 à 9 h")
        self.assertEqual(early.slots, ())

    def test_longer_than_asked(self):
        for text in (
            "Prolongation jusqu'au 31/03/2027",
            "Arrêt prolongé au 31 mars 2027",
            "Fin reportée au 31/03/27",
        ):
            with self.subTest(text):
                self.assertEqual(read_events(text, *self.period).end, date(2027, 3, 31))

    def test_council_in_other_words(self):
        for text in (
            "Conseil municipal le 1er mars 2027 de 20h à 22h30",
            "conseil municipal du 01/03/2027, 20h-22h30",
        ):
            with self.subTest(text):
                (found,) = read_events(text, *self.period).evenings
                self.assertEqual(
                    (found.date, found.start, found.end), (date(2027, 3, 1), time(20), time(22, 30))
                )

    def test_other_days_accepted(self):
        columns = "demande_id,date_debut,date_fin,jours,flexibilite"

        def other(pattern, text):
            row = f"X1,2027-01-04,2027-01-08,{pattern},{text}"
            return one_request(columns, row)

        found = other("lun:J mar:M", "mercredi-jeudi acceptés")
        self.assertEqual(found.alternatives, ((am(6), pm(6), am(7)),))
        found = other("lun-mer:M", "mercredi-vendredi acceptés")
        self.assertEqual(
            found.alternatives, (days("mer-ven:M", date(2027, 1, 4), date(2027, 1, 8)),)
        )
        found = other("mar:J", "tous les jours sauf mardi et lundi")
        self.assertEqual(
            found.alternatives, (days("mer-ven:J", date(2027, 1, 4), date(2027, 1, 8)),)
        )
        for text in ("pas le mercredi", "nous fermons le mercredi", "mercredi impossible"):
            self.assertEqual(other("lun:J", text).alternatives, (), text)
        found = other("lun:J", "mercredi mais pas vendredi")
        self.assertEqual(found.alternatives, ((am(6), pm(6)),))
        self.assertEqual(other("lun:J", "lundi accepté").alternatives, ())
        found = other("lun:J", "selon les congés")
        self.assertEqual(found.alternatives, ())
        self.assertIn("selon les congés", found.notes[0])


class TestAgents(TestCase):
    def test_only_what_is_needed(self):
        found = one_agent("agent_id", "X1")
        self.assertEqual(len(found.pattern), 10)
        self.assertTrue(found.licence)
        self.assertFalse(found.civil_registry)

    def test_half_time_contract_and_absences(self):
        found = one_agent(
            "agent_id;jours_travailles;date_debut;date_fin;indisponibilites",
            "X1;lun:J mer:M;2027-01-01;31/12/2027;"
            '"2027-02-01/2027-02-05 congés|2027-03-01:A|du 01/04/2027 au 02/04/2027 stage"',
        )
        self.assertEqual(len(found.pattern), 3)
        self.assertEqual((found.start, found.end), (date(2027, 1, 1), date(2027, 12, 31)))
        self.assertEqual(
            [(one.first, one.last, one.label) for one in found.absences],
            [
                (am(1, 2), pm(5, 2), "congés"),
                (pm(1, 3), pm(1, 3), ""),
                (am(1, 4), pm(2, 4), "stage"),
            ],
        )

    def test_exclusions(self):
        found = one_agent(
            "agent_id,communes_exclues",
            'X1,"Peltre : élu de la commune : conflit (à confirmer)|57707 : refus'
            " jusqu'au 31/12/2027\"",
        )
        first, second = found.exclusions
        self.assertEqual((first.commune, first.reason), ("Peltre", "élu de la commune : conflit"))
        self.assertEqual(
            (second.commune, second.reason, second.end), ("57707", "refus", date(2027, 12, 31))
        )

    def test_exclusions_for_a_time_or_of_several_communes(self):
        first, last = date(2027, 3, 1), date(2027, 3, 10)
        for text in (
            "Alpha : conflit (du 01/03/2027 au 10/03/2027)",
            "Alpha : conflit depuis le 01/03/2027 jusqu'au 10/03/2027",
            "Alpha (2027-03-01/2027-03-10) : conflit",
            "Alpha : conflit du 1er mars 2027 au 10 mars 2027",
        ):
            with self.subTest(text):
                (found,) = one_agent("agent_id;communes_exclues", f"X1;{text}").exclusions
                self.assertEqual((found.commune, found.reason), ("Alpha", "conflit"))
                self.assertEqual((found.start, found.end), (first, last))
        found = one_agent("agent_id;communes_exclues", "X1;Alpha, Bravo : élue|Charlie")
        self.assertEqual(
            [(one.commune, one.reason) for one in found.exclusions],
            [("Alpha", "élue"), ("Bravo", "élue"), ("Charlie", "")],
        )

    def test_who_may_sign_civil_registry_acts(self):
        columns = "agent_id,statut,signature_etat_civil_possible"
        for statut, text, wanted in (
            ("titulaire", "oui (à confirmer)", True),
            ("titulaire", "", True),
            ("titulaire", "non", False),
            ("contractuel", "oui", False),
            ("stagiaire", "", False),
            ("Fonctionnaire FPT titulaire", "", True),
            ("contractuel sur le poste d'un titulaire", "oui", False),
            ("non titulaire", "oui", False),
        ):
            found = one_agent(columns, f"X1,{statut},{text}")
            self.assertEqual(found.civil_registry, wanted, (statut, text))

    def test_skills_and_software(self):
        found = one_agent("agent_id;competences;logiciels", "X1;cpt:2|EC : 3|ACC;jvs, Ciril")
        self.assertEqual(found.skills, {"CPT": 2, "EC": 3, "ACC": 1})
        self.assertEqual(found.software, {"JVS", "CIRIL"})
        found = one_agent("agent_id;competences", "X1;CPT 2, EC(3)|BUD=1|M57")
        self.assertEqual(found.skills, {"CPT": 2, "EC": 3, "BUD": 1, "M57": 1})

    def test_hours_category_and_radius_in_other_writings(self):
        columns = "agent_id;heures_hebdo;categorie;rayon_max_km"
        for text in ("17h30", "17:30", "17,5", "17 h 30"):
            found = one_agent(columns, f"X1;{text};Catégorie B;30 KM")
            self.assertEqual((found.weekly_hours, found.category, found.radius), (17.5, "B", 30))
        found = one_request("demande_id;date_debut;population", "X1;2027-01-04;1.200 hab.")
        self.assertEqual(found.population, 1200)

    def test_absences_in_other_writings(self):
        for text in (
            "21/12/26 au 02/01/27",
            "21/12/2026 → 02/01/2027",
            "du lundi 21 décembre 2026 au 2 janvier 2027",
            "2026-12-21 – 2027-01-02 congés",
        ):
            with self.subTest(text):
                (found,) = one_agent("agent_id;indisponibilites", f"X1;{text}").absences
                self.assertEqual((found.first, found.last), (am(21, 12, 2026), pm(2)))
        found = one_agent(
            "agent_id\tindisponibilites", "X1\t21/12/2026 - 02/01/2027, 08/02/2027 après-midi"
        )
        self.assertEqual(
            [(one.first, one.last) for one in found.absences],
            [(am(21, 12, 2026), pm(2)), (pm(8, 2), pm(8, 2))],
        )
        (found,) = one_agent(
            "agent_id;indisponibilites", "X1;01/03/2027 après-midi au 05/03/2027 matin"
        ).absences
        self.assertEqual((found.first, found.last), (pm(1, 3), am(5, 3)))
        (found,) = one_agent("agent_id;indisponibilites", "X1;2027-03-01:A/2027-03-05").absences
        self.assertEqual((found.first, found.last), (pm(1, 3), pm(5, 3)))
        # A date that would be forgotten is an error: these days would be planned.
        with self.assertRaises(FrenchError):
            one_agent("agent_id;indisponibilites", "X1;2027-02-01 puis 2027-02-03")

    def test_scenario(self):
        self.assertEqual(len(read_agents(AGENTS)), 12)


class TestRefused(TestCase):
    def refused(self, function, columns, values, message):
        with self.assertRaises(FrenchError) as caught:
            function(columns, values)
        self.assertEqual(plain(str(caught.exception)), f"Fichier « demandes.csv », {message}")

    def request(self, columns, values, message):
        self.refused(one_request, columns, values, message)

    def agent(self, columns, values, message):
        self.refused(one_agent, columns, values, message)

    def test_requests(self):
        start = "demande_id,date_debut"
        self.request(
            "demande_id",
            "X1",
            "ligne 2, colonne « date_debut » : la valeur est vide.",
        )
        self.request(
            start,
            "X1,31/02/2027",
            "ligne 2, colonne « date_debut » : « 31/02/2027 » n'est pas une date"
            " (attendu : 2026-12-08 ou 08/12/2026).",
        )
        self.request(
            start + ",date_fin",
            "X1,2027-01-04,2027-01-03",
            "ligne 2, colonne « date_fin » : la fin (2027-01-03) est avant le début (2027-01-04).",
        )
        self.request(
            start + ",jours",
            "X1,2027-01-04,lun:J mar:Z",
            "ligne 2, colonne « jours » : « mar:Z » n'est pas un jour connu"
            " (attendu : « lun:J mar:M », « lun-ven:J » ou une date).",
        )
        self.request(
            start + ",categorie_min",
            "X1,2027-01-04,D",
            "ligne 2, colonne « categorie_min » : « D » n'est pas une catégorie (A, B ou C).",
        )
        self.request(
            start + ",competences_requises",
            "X1,2027-01-04,CPT:2|EC:4",
            "ligne 2, colonne « competences_requises » : « EC:4 » n'est pas une compétence avec"
            " son niveau de 0 à 3 (attendu : « CPT:2 »).",
        )
        self.request(
            start + ",date_fin,dates_precises",
            "X1,2027-01-04,2027-01-31,2027-02-02",
            "ligne 2, colonne « dates_precises » : le 2027-02-02 est hors de la période demandée"
            " (du 2027-01-04 au 2027-01-31).",
        )
        self.request(
            start + ",fractionnable",
            "X1,2027-01-04,peut-être",
            "ligne 2, colonne « fractionnable » : « peut-être » n'est ni « oui » ni « non ».",
        )
        self.request(
            start,
            "X1,2027-01-04\nX1,2027-01-05",
            "ligne 3, colonne « demande_id » : le code « X1 » est déjà à la ligne 2.",
        )

    def test_agents(self):
        self.agent(
            "agent_id,rayon_max_km",
            "X1,loin",
            "ligne 2, colonne « rayon_max_km » : « loin » n'est pas un nombre.",
        )
        self.agent(
            "agent_id,indisponibilites",
            "X1,congés en mai",
            "ligne 2, colonne « indisponibilites » : « congés en mai » n'est pas une période"
            " (attendu : « 2026-12-28/2027-01-01 congés »).",
        )
        self.agent(
            "agent_id,indisponibilites",
            "X1,2027-01-05/2027-01-04",
            "ligne 2, colonne « indisponibilites » : la fin (2027-01-04) est avant le début"
            " (2027-01-05).",
        )

    def test_wrong_table(self):
        self.agent(
            "demande_id,date_debut",
            "X1,2027-01-04",
            "ligne 1 : la colonne « agent_id » manque. Colonnes lues : demande_id, date_debut.",
        )

    def test_no_line(self):
        # Nobody is available, nothing is asked: a plan without a half-day, not an error.
        self.assertEqual(read_agents(file("agent_id\n")), ())
        self.assertEqual(read_requests(file("demande_id\n")), ())
        with self.assertRaises(FrenchError) as caught:
            read_agents(file(""))
        self.assertIn("vide", str(caught.exception))
