"""Postal addresses as La Poste reads them, and sheets of labels."""

from .address import epci_in_full, lines, of_epci, of_place, official, town_hall
from .labels import FORMATS, Label, LabelFormat, sheets

__all__ = [
    "FORMATS",
    "Label",
    "LabelFormat",
    "epci_in_full",
    "lines",
    "of_epci",
    "of_place",
    "official",
    "sheets",
    "town_hall",
]
