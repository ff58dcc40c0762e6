"""`python -m engine.web < LOG > MASKED`: the same log without the secrets of its addresses."""

import sys

from . import mask


def main() -> None:
    """Line by line: a log may be larger than the memory."""
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")
    for line in sys.stdin:
        sys.stdout.write(mask(line))


if __name__ == "__main__":
    main()
