"""Lines on their way into the log of a world."""

from collections.abc import Callable
from socket import socket

from tt_emulator.fleet.failures import Away, Fenced, failure_of
from tt_emulator.fleet.link import Link, Replies, Sent
from tt_emulator.fleet.scripts import DONE


class Appending:
    """Lines that were sent; `written` is called once they are known to be there."""

    def __init__(self, link: Link, sent: Sent, written: Callable[[], None]) -> None:
        self._link = link
        self._sent = sent
        self._written = written

    @property
    def ear(self) -> socket | None:
        """What can be read when more is known, `None` where nothing tells."""
        return self._sent.ear

    def is_known(self) -> bool:
        """Whether it is known what became of them, as far as can be told without waiting."""
        self._link.hear(self._sent)
        return self._sent.is_over

    def wait(self) -> None:
        """Wait until that is known."""
        self._link.wait(self._sent)

    @property
    def is_plain(self) -> bool:
        """Whether they are known to be written, or Redis to be away. Whatever else became of them
        has more to be asked of Redis.
        """
        replies = self._sent.replies
        return isinstance(self._sent.error, Away) if replies is None else replies[0] == DONE

    def finish(self) -> None:
        """Wait until it is known, and tell. Raises as `Fleet.append`."""
        require_appended(self._link.finish(self._sent))
        self._written()


def require_appended(replies: Replies) -> None:
    """Raise what has become of lines that Redis did not take."""
    failure = failure_of(replies[0])
    if isinstance(failure, Fenced) and replies.again:  # it may have been written before
        raise _UNKNOWN
    if failure is not None:
        raise failure


_UNKNOWN = Away(
    "Redis was lost while it wrote, and another server has the world now.",
    "Whether it was written is not known: look before you send it again.",
)
