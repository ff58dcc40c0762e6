"""Bytes of a gzip file, at most so many."""

import io
import zlib
from typing import BinaryIO

from .size_limit import TooMuch

_BLOCK = 1 << 16
_GZIP = zlib.MAX_WBITS | 16
# Files of one piece or of one for each 64 kB (bgzip); a million empty ones only take time.
_PIECES = 20_000


class Inflated(io.RawIOBase):
    """Unpacks a gzip stream, of several pieces if need be.

    :param most: bytes to give before it is found to explode
    """

    def __init__(self, stream: BinaryIO, most: int):
        super().__init__()
        self.stream, self.left, self.pieces = stream, most, _PIECES
        self.piece = zlib.decompressobj(_GZIP)
        self.packed = b""

    def readable(self) -> bool:
        """For the layers above."""
        return True

    def readinto(self, buffer) -> int:
        """Unpack as much as there is room for.

        :raises TooMuch: it explodes
        :raises EOFError: a part is missing
        :raises zlib.error: it is damaged
        """
        content = b""
        while not content:
            # What is left of the last bytes comes first, then new ones.
            content = self.piece.decompress(self.packed, len(buffer))
            self.packed = self.piece.unconsumed_tail
            if self.piece.eof:
                if not self._next():
                    break
            elif not content and not self.packed:
                self._more()
        self.left -= len(content)
        if self.left < 0:
            raise TooMuch
        buffer[: len(content)] = content
        return len(content)

    def _more(self) -> None:
        self.packed = self.stream.read(_BLOCK)
        if not self.packed:
            raise EOFError

    def _next(self) -> bool:
        """Go to the next piece, if there is one; zeros may fill the end of a tape."""
        rest = self.piece.unused_data.lstrip(b"\0")
        while not rest and (block := self.stream.read(_BLOCK)):
            rest = block.lstrip(b"\0")
        if not rest:
            return False
        self.packed, self.piece = rest, zlib.decompressobj(_GZIP)
        self.pieces -= 1
        if self.pieces < 0:
            raise TooMuch
        return True

    def close(self) -> None:  # pylint: disable=missing-return
        """Close the packed stream too."""
        self.stream.close()
        super().close()
