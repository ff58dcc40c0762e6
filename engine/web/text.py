"""Characters that no page needs and that PostgreSQL cannot keep."""

NULL = "\x00"
# What a broken encoding becomes once decoded.
REPLACED = "\ufffd"
# Longer than any word of an address; a list of ids may be as long as it wants.
LONGEST_WORD = 1000
# Ids are integers of four bytes in PostgreSQL.
GREATEST_ID = 2**31 - 1
# Parameters that hold an address: a line break there would be one in a header of the answer.
ADDRESS_NAMES = frozenset({"callback", "redirect", "url"})


def is_storable(value: object) -> bool:
    """Whether PostgreSQL can keep every text of this JSON value: no null, no half character.

    >>> is_storable({"name": ["Aubrive"]}), is_storable(["\\x00"])
    (True, False)
    """
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list | tuple):
            waiting += value
        elif isinstance(value, str):
            if NULL in value or not _is_whole(value):
                return False
    return True


def _is_whole(text: str) -> bool:
    """Half of a pair (`\\ud83d` alone) is no character."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def without_null(value: object) -> object:
    """A typed text without the character that nobody can type.

    >>> without_null("Aub\\x00rive"), without_null(12)
    ('Aubrive', 12)
    """
    return value.replace(NULL, "") if isinstance(value, str) else value


def is_plain_address(path: str, query: list[tuple[str, str]]) -> bool:
    """Whether an address is made of characters that an address may hold once decoded.

    >>> is_plain_address("/my/home", [("page", "2")]), is_plain_address("/my\\x00", [])
    (True, False)
    """
    if any(character < " " or character in f"\x7f{REPLACED}" for character in path):
        return False
    for name, value in query:
        if NULL in name or NULL in value:
            return False
        if name in ADDRESS_NAMES and any(character < " " for character in value):
            return False
    return True


def is_plain_value(name: str, value: object) -> bool:
    """Whether a variable of an address may be looked for: an id of PostgreSQL, a word.

    >>> is_plain_value("request_id", 12), is_plain_value("request_id", -1)
    (True, False)
    """
    if isinstance(value, int):
        return abs(value) <= GREATEST_ID and (value >= 0 or not name.endswith("id"))
    if isinstance(value, str):
        return len(value) <= LONGEST_WORD or value.replace(",", "").isdigit()
    return True
