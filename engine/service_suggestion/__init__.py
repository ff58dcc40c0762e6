"""Services that communes alike use, told without telling who: see `figures` and `suggest`."""

from .disclosure import disclose
from .model import BAND, SECTOR, SHARED, Commune, Figure, Rules, Service, Suggestion
from .suggest import suggest

__all__ = [
    "BAND",
    "SECTOR",
    "SHARED",
    "Commune",
    "Figure",
    "Rules",
    "Service",
    "Suggestion",
    "suggest",
    "disclose",
]
