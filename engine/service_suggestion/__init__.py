"""Suggestions of services used by similar communes, without revealing which ones.

`disclosure` chooses the figures that may be shown, `suggest` the services.
"""

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
