"""A small list of topics whose scores can be followed by hand."""

from engine.orientation import Index, Term, Topic

FAMILY = Topic("F", "Services techniques")


def topic(code, label, keywords, **values):
    """A topic of the family F."""
    terms = tuple(Term(text) for text in keywords.split(", "))
    return Topic(code, label, "F", terms, **values)


ROADS = topic("ROADS", "Entretien des chaussées", "nid de poule, trou, trottoir")
LIGHTS = topic("LIGHTS", "Points lumineux", "lampadaire, ampoule")
WASTE = topic("WASTE", "Collecte", "poubelle, encombrants")
TOPICS = [FAMILY, ROADS, LIGHTS, WASTE]


def index(*topics):
    """An index of the small list, or of other topics of the same family."""
    return Index([FAMILY, *topics] if topics else TOPICS)


def codes(found):
    """Only the codes, the best first."""
    return [one.code for one in found]
