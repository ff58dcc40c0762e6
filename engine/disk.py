"""A disk, or the part of it that one may fill, that has no room left."""

import errno

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def is_full(error: BaseException) -> bool:
    """Whether this is what stopped the work.

    >>> is_full(OSError(errno.ENOSPC, "No space left on device")), is_full(OSError("other"))
    (True, False)
    """
    return isinstance(error, OSError) and error.errno in FULL
