"""Files in any order: the same persons, and as many of them."""

from datetime import date
from itertools import permutations
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from property_cases import often
from rne_cases import COUNCILS, DELEGATES, MAYORS, communes_of, rows_of, table

from engine.opendata import read
from engine.opendata.diff import compare

COMMUNES = ("57001", "57002", "57003")
START = "2026-03-15"
FIRST_NAMES = ("Ève", "Paul", "Anne-Lise", "Zoé")
MAYOR_HEADER = tuple(rows_of(MAYORS)[0])
COUNCIL_HEADER = tuple(rows_of(COUNCILS)[0])


def line(header, **values):
    """A row with the columns of a file of the RNE: those that are not named are empty."""
    return [
        next((text for start, text in values.items() if column.startswith(start)), "")
        for column in header
    ]


def person(header, commune, number, function, since):
    """An invented person: the number is the name."""
    return line(
        header,
        **{
            "Code de la commune": commune,
            "Nom de l'élu": f"ESSAI-{'ABCDEFGH'[number % 8]}{'IJKLM'[number // 8]}",
            "Prénom de l'élu": FIRST_NAMES[number % 4],
            "Code sexe": "FM"[number % 2],
            "Date de début du mandat": START,
            "Libellé de la fonction": function,
            "Date de début de la fonction": since,
        },
    )


@st.composite
def councils(draw):
    """Councils have seven members at least (CGCT, art. L2121-2).

    :return: {commune: (members, whether the two files name the day on which the mayor was elected)}
    """
    return {
        code: (draw(st.integers(7, 30)), draw(st.tuples(st.booleans(), st.booleans())))
        for code in COMMUNES
    }


def make_files(found):
    mayors, members = [], []
    for code, (size, dated) in found.items():
        since = ["2026-03-22" if known else "" for known in dated]
        mayors.append(person(MAYOR_HEADER, code, 0, "", since[0]))
        members.append(person(COUNCIL_HEADER, code, 0, "Maire", since[1]))
        for number in range(1, size):
            function = "1er adjoint au Maire" if number == 1 else ""
            members.append(person(COUNCIL_HEADER, code, number, function, ""))
    return [
        ("elus-maire-mai.csv", table(mayors, MAYOR_HEADER)),
        ("elus-conseiller-municipal-cm.csv", table(members, COUNCIL_HEADER)),
    ]


def list_mandates(result):
    return sorted(
        (one.place, one.last_name, one.first_name, one.function, str(one.date_start))
        for one in result.mandates
    )


class TestOrders(TestCase):
    @often(40)
    @given(councils())
    def test_each_person_is_counted_once_in_any_order(self, found):
        files = make_files(found)
        results = [read(list(order), list(COMMUNES)) for order in permutations(files)]
        for result in results:
            self.assertEqual(result.members, {code: size for code, (size, _d) in found.items()})
            self.assertEqual(list_mandates(result), list_mandates(results[0]))

    def test_the_fixtures_in_six_orders(self):
        """The lines of the file of councillors, one for each of its invented persons."""
        files = [(path.name, path.read_bytes()) for path in (MAYORS, COUNCILS, DELEGATES)]
        wanted = {}
        for row in rows_of(COUNCILS):
            persons = wanted.setdefault(row["Code de la commune"], set())
            persons.add((row["Nom de l'élu"], row["Prénom de l'élu"]))
        counts = {code: len(persons) for code, persons in wanted.items()}
        for order in permutations(files):
            self.assertEqual(read(list(order), communes_of(COUNCILS)).members, counts)

    def test_homonyms_of_one_file_are_two_and_two_functions_are_one(self):
        lines = [
            person(COUNCIL_HEADER, "57001", 3, "", ""),
            person(COUNCIL_HEADER, "57001", 3, "", ""),
            person(COUNCIL_HEADER, "57001", 4, "1er adjoint au Maire", ""),
            person(COUNCIL_HEADER, "57001", 4, "Maire délégué", ""),
        ]
        files = [("elus-conseiller-municipal-cm.csv", table(lines, COUNCIL_HEADER))]
        self.assertEqual(read(files, ["57001"]).members, {"57001": 3})

    def test_a_councillor_has_the_name_of_the_mayor(self):
        """Two persons, whether the file of councillors says which of them is the mayor or not."""
        mayor = person(MAYOR_HEADER, "57001", 3, "", "2026-03-22")
        plain, other = (person(COUNCIL_HEADER, "57001", number, "", "") for number in (3, 4))
        labelled = person(COUNCIL_HEADER, "57001", 3, "Maire", "")
        for councillors in ([plain, plain, other], [labelled, plain, other]):
            files = [
                ("elus-maire-mai.csv", table([mayor], MAYOR_HEADER)),
                ("elus-conseiller-municipal-cm.csv", table(councillors, COUNCIL_HEADER)),
            ]
            for order in permutations(files):
                result = read(list(order), ["57001"])
                self.assertEqual(result.members, {"57001": 3})
                found = sorted(
                    (one.last_name, one.function, str(one.function_date), one.has_namesake)
                    for one in result.mandates
                )
                same, alone = plain[COUNCIL_HEADER.index("Nom de l'élu")], "ESSAI-EI"
                self.assertEqual(
                    found,
                    [
                        (same, "councillor", "None", True),
                        (same, "mayor", "2026-03-22", True),
                        (alone, "councillor", "None", False),
                    ],
                )

    def test_the_names_of_the_mayor_and_the_councillor_are_left_to_the_user(self):
        mayor = person(MAYOR_HEADER, "57001", 3, "", "2026-03-22")
        plain = person(COUNCIL_HEADER, "57001", 3, "", "")
        files = [
            ("elus-conseiller-municipal-cm.csv", table([plain, plain], COUNCIL_HEADER)),
            ("elus-maire-mai.csv", table([mayor], MAYOR_HEADER)),
        ]
        lines = compare(
            read(files, ["57001"]).mandates,
            [],
            communes_expected=["57001"],
            epci_expected=[],
            covered={},
            today=date(2026, 6, 1),
        )
        persons = [line for line in lines if line.row]
        self.assertEqual(
            {(line.change, line.reason) for line in persons}, {("ambiguous", "homonyms")}
        )
        self.assertEqual(len({line.person_key for line in persons}), 2)

    def test_a_vintage_replaces_the_former(self):
        """Anyone whom the second does not name has left; the order in which they are loaded and
        their names do not matter, their dates do."""

        def vintage(name, *numbers, start=START):
            lines = [person(COUNCIL_HEADER, "57001", number, "", "") for number in numbers]
            begins = COUNCIL_HEADER.index("Date de début du mandat")
            lines[-1][begins] = start
            return name, table(lines, COUNCIL_HEADER)

        former = vintage("b-conseiller-municipal-cm.csv", 1, 2, 3, 4)
        latter = vintage("a-conseiller-municipal-cm.csv", 1, 2, 3, 5, start="2026-05-02")
        for order in permutations((former, latter)):
            result = read(list(order), ["57001"])
            self.assertEqual(result.members, {"57001": 4})
            self.assertEqual(list_mandates(result), list_mandates(read([latter], ["57001"])))
        # The same dates: two names that bear the month of their publication.
        former = vintage("2026-04_elus-conseiller-municipal-cm.csv", 1, 2, 3, 4)
        latter = vintage("2026-08_elus-conseiller-municipal-cm.csv", 1, 2, 3)
        for order in permutations((former, latter)):
            self.assertEqual(read(list(order), ["57001"]).members, {"57001": 3})
        # A vintage that is silent on a commune replaces nothing there.
        lines = [person(COUNCIL_HEADER, "57002", 6, "", "")]
        other = "2026-09_elus-conseiller-municipal-cm.csv", table(lines, COUNCIL_HEADER)
        self.assertEqual(
            read([latter, other], ["57001", "57002"]).members, {"57001": 3, "57002": 1}
        )

    def test_mayors_alone_are_no_council(self):
        files = make_files({"57001": (5, (True, True))})
        self.assertEqual(read(files[:1], ["57001"]).members, {})
