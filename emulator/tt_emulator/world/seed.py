"""The baseline of a world: what it is seeded with, and goes back to at a reset."""

import zlib

from tt_emulator.domain.world_clock import ClockSetting


class Seed:
    """A world's document, packed: it may be large, and its file be gone when a reset wants it.

    `clock` is the document's.
    """

    def __init__(self, text: bytes, clock: ClockSetting) -> None:
        self.clock = clock
        self._packed = zlib.compress(text, 1)

    def text(self) -> bytes:
        """The document."""
        return zlib.decompress(self._packed)
