"""The time zone of a department: the clock that its town halls read."""

PARIS = "Europe/Paris"
_ZONES = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}


def time_zone(department: str) -> str:
    """Name of the zone (IANA); that of Paris for a department of the mainland or of Corsica."""
    return _ZONES.get(department, PARIS)
