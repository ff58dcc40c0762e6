"""Team preset proposed to an intercommunality, by its kind and size."""

SMALL, MEDIUM, LARGE = "small", "medium", "metropole"
# Below both, one desk answers everything.
SMALL_INHABITANTS = 20_000
SMALL_COMMUNES = 40
COMMUNITIES = ("CC", "CA")  # the others are as large as a métropole


def suggest_model(kind: str, inhabitants: int, communes: int) -> str:
    """Team preset proposed first; the organisation chooses.

    kind: CC, CA, CU, METRO, MET69, EPT, or empty while unknown.

    >>> suggest_model("CC", 12_000, 24)
    'small'
    >>> suggest_model("CC", 12_000, 60), suggest_model("CC", 45_000, 28)
    ('medium', 'medium')
    >>> suggest_model("CC", 75_000, 30), suggest_model("CA", 15_000, 10)
    ('medium', 'medium')
    >>> suggest_model("CU", 210_000, 33), suggest_model("METRO", 230_000, 46)
    ('metropole', 'metropole')
    >>> suggest_model("", 0, 0)
    'small'
    """
    if kind and kind not in COMMUNITIES:
        return LARGE
    few = inhabitants < SMALL_INHABITANTS and communes < SMALL_COMMUNES
    return SMALL if few and kind != "CA" else MEDIUM
