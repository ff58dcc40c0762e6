"""Kinds of committee and their legal rules.

Committees, notice rules, agendas and documents ask this table, and name a kind only where a law
concerns it alone."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of committee: its label, and whether its role is advisory.

    advisory: it gives opinions and decides nothing; neither quorum nor proxy, unless its own rules
    provide for them.
    """

    label: str
    advisory: bool = False


TABLE = {
    "cotech": Kind("Technical committee (COTECH)"),
    "copil": Kind("Steering committee (COPIL)"),
    # CGCT, L.5211-11-3: chaired by the president of the EPCI, advisory.
    "mayors": Kind("Conference of mayors", advisory=True),
    "commission": Kind("Commission"),
    "council": Kind("Council"),
    "group": Kind("Working group"),
}
KINDS = [(key, kind.label) for key, kind in TABLE.items()]
ADVISORY = tuple(key for key, kind in TABLE.items() if kind.advisory)
