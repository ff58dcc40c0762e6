"""Invented persons and documents, loaded only with Odoo's demonstration data.

`commune.demo` imports this folder when Odoo asks for the demonstration, never before. Each part
adds to `_load` of the parts that it builds on, in the order of the pillars.
"""

from .committees.committees import CommitteesDemo
from .committees.past import PastCommitteesDemo
from .knowledge.impact import ImpactDemo
from .knowledge.watch import WatchDemo
from .knowledge.guides import GuidesDemo
from .knowledge.paths import PathsDemo
from .network.events import EventsDemo
from .network.letters import LettersDemo
from .network.network import NetworkDemo
from .network.past import PastNetworkDemo
from .network.people import PeopleDemo
from .replacement.history import HistoryDemo
from .replacement.hours import HoursDemo
from .replacement.quality import QualityDemo
from .replacement.requests import ReplacementDemo
from .requests.past import PastRequestsDemo
from .requests.requests import RequestsDemo
from .services.agreements import AgreementsDemo
from .services.pack import PackDemo
from .services.past import PastServicesDemo
from .services.services import ServicesDemo
from .services.suggestions import SuggestionsDemo
from .services.unit_cost import UnitCostDemo
from .steering.ledger import LedgerDemo
from .steering.past import PastLedgerDemo
from .surveys.past import PastSurveysDemo
from .surveys.surveys import SurveysDemo
from .territory.accounts import AccountsDemo
from .territory.past import PastDemo


class Demo(
    LedgerDemo,
    PastLedgerDemo,
    ImpactDemo,
    WatchDemo,
    PathsDemo,
    GuidesDemo,
    HoursDemo,
    QualityDemo,
    HistoryDemo,
    ReplacementDemo,
    SurveysDemo,
    PastSurveysDemo,
    SuggestionsDemo,
    PackDemo,
    UnitCostDemo,
    ServicesDemo,
    PastServicesDemo,
    AgreementsDemo,
    CommitteesDemo,
    PastCommitteesDemo,
    NetworkDemo,
    LettersDemo,
    EventsDemo,
    PastNetworkDemo,
    PeopleDemo,
    RequestsDemo,
    PastRequestsDemo,
    PastDemo,
    AccountsDemo,
):
    """The whole demonstration; the last part that is loaded comes first."""
