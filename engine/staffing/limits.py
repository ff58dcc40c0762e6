"""Limits of working time and house rules, as data with their sources.

The decree of 25 August 2000 holds for the staff of communes and intercommunalities by article 1
of decree 2001-623 of 12 July 2001.
"""

from dataclasses import dataclass
from datetime import time

DECREE = "décret n° 2000-815 du 25 août 2000, art. 3 (décret n° 2001-623, art. 1er)"

# rule -> where it comes from
SOURCES = {
    "day_hours": DECREE + " : 10 heures de travail par jour au plus",
    "week_hours": DECREE + " : 48 heures par semaine au plus, heures supplémentaires comprises",
    "average_hours": DECREE + " : 44 heures en moyenne sur 12 semaines consécutives",
    "rest": DECREE + " : repos quotidien de 11 heures au moins",
    "amplitude": DECREE + " : amplitude de la journée de 12 heures au plus",
    "weekly_rest": DECREE + " : repos hebdomadaire de 35 heures au moins",
    "civil_registry": "code général des collectivités territoriales, art. R. 2122-10 :"
    " fonctionnaires titulaires de la commune",
    "travel": "règle de la maison : pause méridienne et trajet entre deux communes",
    "licence": "règle de la maison : communes desservies par les transports en commun",
}


@dataclass(frozen=True)
class Limits:
    """Hours of the day, limits in hours, minutes and km; the law may change, so may a house.

    bus_km: distance up to which a commune is held to be served by public transport when the
    request does not tell. speed_kmh: of a car on small roads. detour: road over straight line.
    warn_km: way between two communes at noon that is worth a warning.
    """

    morning: tuple[time, time] = (time(8, 30), time(12, 0))
    afternoon: tuple[time, time] = (time(14, 0), time(17, 30))
    day_hours: float = 10
    week_hours: float = 48
    average_hours: float = 44
    average_weeks: int = 12
    rest_hours: float = 11
    amplitude_hours: float = 12
    week_days: int = 6
    lunch_minutes: int = 45
    speed_kmh: float = 40
    detour: float = 1.3
    warn_km: float = 15
    bus_km: float = 5


@dataclass(frozen=True)
class Weights:
    """How much each wish counts once the most half-days are filled; 0 leaves it out.

    agents: each agent of a request (continuity). trips: each day on which an agent goes out.
    km: each km of a half-day. load: each half-day of the busiest agent (balance).
    small: each half-day left without agent, in a commune under `small_population`.
    wish: each half-day not given to the agent who was wished. grade: each category above the
    one asked, per half-day. moved: each half-day on another day than those asked.
    """

    agents: int = 200
    trips: int = 6
    km: float = 0.2
    load: int = 5
    small: int = 10
    small_population: int = 2000
    wish: int = 20
    grade: int = 4
    moved: int = 100
