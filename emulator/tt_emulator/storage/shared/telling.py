"""What the fleet is told of a world by its owner, for who asks when nobody has it."""

from threading import RLock

from msgspec.json import Decoder, encode

from tt_emulator.domain.brief import AtRest, Brief
from tt_emulator.fleet import Found, News
from tt_emulator.storage.shared.fenced_log import FencedLog
from tt_emulator.storage.shared.gate import Gate

_decode = Decoder(Brief).decode


class Telling:
    """Of one world. One thread tells what has changed, and says by `heard` when it was heard."""

    def __init__(self, lock: RLock, gate: Gate, log: FencedLog) -> None:
        self._lock = lock
        self._gate = gate
        self._log = log
        self._heard = self._offered = (0, 0, 0)
        self._times_forgotten = 0

    def changed(self, now_ms: int) -> News | None:
        """What is to be told anew, if there is something, and nobody is at the world just now."""
        life = self._gate.life
        if life is None:
            return None
        offered = (life.used_at_ms(now_ms), self._log.seq, self._times_forgotten)
        if offered == self._heard or not self._lock.acquire(blocking=False):
            return None
        try:
            news = self.news(now_ms)
        finally:
            self._lock.release()
        self._offered = (news.used_at_ms, news.seq, offered[2])
        return news

    def news(self, now_ms: int) -> News:
        """All that is to be told. Hold the lock."""
        life, log = self._gate.life, self._log
        if life is None:
            return News(log.epoch, 0)
        used_at_ms = life.used_at_ms(now_ms)
        if log.is_kept:
            return News(log.epoch, used_at_ms, log.seq, encode(life.brief()))
        return News(log.epoch, used_at_ms)  # in brief it would be ahead of what the fleet has

    def heard(self) -> None:
        """The fleet has what was told."""
        self._heard = self._offered

    def forget(self) -> None:
        """The fleet may have forgotten it."""
        self._times_forgotten += 1


def at_rest(found: Found) -> AtRest | None:
    """The world, if it can be told of as it lies; a newer version may have told otherwise."""
    if found.brief is None:
        return None
    try:
        brief = _decode(found.brief)
    except ValueError:
        return None
    return AtRest(found.world, found.platform, found.epoch, found.used_at_ms, brief)
