"""A step of a world's life, and what is written of it: its effects, never what led to them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from tt_emulator.domain.brief import Brief

Effect = Struct
"""What became of something, tagged with what kind of thing that is. To do it again asks no rule."""


class Beginning(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="life"):
    """Effect: all that a world has beside what is stored is said anew from here on."""


Moved = dict[Any, Callable[[], Effect]]
"""What the step under way has moved, each with what tells how it is by now."""


class Deed(Protocol):
    """The step under way: a context whose effects are written together when the outermost ends.

    Enter it before any lock that is taken within one. At its end it raises `StorageError` if they
    could not be written; then nothing has changed. What moves is put into `moved`, which is `None`
    where nothing is written.
    """

    @property
    def moved(self) -> Moved | None:
        """As above."""

    @property
    def of_call(self) -> AbstractContextManager[object]:
        """The same of a call, which is answered while nothing can be written, too."""

    def __enter__(self) -> object: ...
    def __exit__(self, *error: object) -> None: ...


class Unwritten(nullcontext[None]):
    """The step under way in a world of which nothing is written."""

    moved: Moved | None = None

    @property
    def of_call(self) -> AbstractContextManager[object]:
        """The same."""
        return self


UNWRITTEN = Unwritten()


class Batch(Protocol):
    """Answers that leave together, some time after the steps of their calls."""

    def write_first(self, write: Callable[[], None]) -> None:
        """Do that before any of them leaves."""


Seen = tuple[int, ...]
"""How far others see."""


class Life(Protocol):
    """What a world has beside what is stored, as its storage writes it and brings it back."""

    def whole(self) -> Iterator[Effect]:
        """Effects from which all of it comes again."""

    def restore(self, effects: Iterable[bytes]) -> None:
        """Be what these JSON texts of effects say, oldest first, and nothing else.

        A call that is under way goes on, unless they do not know it.
        """

    def seen(self) -> Seen:
        """What others would see now, if all that has moved were written."""

    def show(self, seen: Seen | None = None) -> None:
        """Let others see what had moved then, or by now: it is written."""

    def used_at_ms(self, now_ms: int) -> int:
        """When the world was used last if it is now `now_ms`, Unix time."""

    def brief(self) -> "Brief":
        """The world in brief. Hold its lock."""
