"""Characters that no page needs and that PostgreSQL cannot keep."""

NULL = "\x00"
# Parameters that hold an address: a line break there would be one in a header of the answer.
ADDRESS_NAMES = frozenset({"callback", "redirect", "url"})


def is_storable(value: object) -> bool:
    """Whether PostgreSQL can keep every text of this JSON value: no null, no half character."""
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
    """A typed text without the character that nobody can type."""
    return value.replace(NULL, "") if isinstance(value, str) else value


def is_plain_address(path: str, query: list[tuple[str, str]]) -> bool:
    """Whether an address is made of characters that an address may hold once decoded."""
    if any(character < " " or character == "\x7f" for character in path):
        return False
    for name, value in query:
        if NULL in name or NULL in value:
            return False
        if name in ADDRESS_NAMES and any(character < " " for character in value):
            return False
    return True
