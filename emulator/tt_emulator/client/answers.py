"""What the client's verbs give back where a plain JSON value would be clumsy."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, NotRequired, Self, TypedDict

from tt_emulator.errors import Refused
from tt_emulator.terminal import escaped

Json = dict[str, Any]


class Reply(Json):
    """The object that the game's callback receives; the attributes are what the emulator adds.

    `request_id` is the exchange in the journal, `fault` the id of the fault that struck, `reason`
    why the emulator refused; each is None if there is none.
    """

    request_id: str | None = None
    fault: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to `verify` and `wait_for`; it is true if the exchanges are as they should be.

    `gaps_ms` are the times from one's answer to the next one's arrival, of those that are held.
    """

    ok: bool
    count: int
    differences: list[str]
    gaps_ms: list[float] = field(default_factory=list)

    def __bool__(self) -> bool:
        return self.ok


class Part(TypedDict):
    """One place of an answer, `/fault` or `/reply/…`, that was another; null is left out."""

    pointer: str
    was: NotRequired[Any]
    now: NotRequired[Any]


class Given(TypedDict):
    """What the game got, None if nothing, and the fault that struck."""

    reply: Json | None
    fault: str | None


class Difference(TypedDict):
    """A call that was answered differently: its place among the deeds, its id in the story.

    `error` is why there was no reply at all, else empty.
    """

    deed: int
    id: int
    api: str
    player: str
    was: Given
    now: Given
    parts: list[Part]
    error: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """The answer to `replay`; it is true if all replies were the same. It played in `world`."""

    same: bool
    differences: list[Difference]
    world: str

    def __bool__(self) -> bool:
        return self.same


class Unmet(AssertionError):
    """What should have come did not: `verdict` tells how much did, and what differed."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__("\n".join(map(escaped, verdict.differences)))
        self.verdict = verdict


class Armed(Json):
    """An armed fault as the server showed it last.

    As a context manager it is disarmed at the end of the block, also if the block raises. Once it
    is not armed any more, whoever took it off, it shows what became of it; where nobody can know
    that (its world was dropped), `hits`, `matched`, `remaining`, `completed` and `near_miss` are
    None.

    `ended_early` tells after a block whether it was taken off before the block ended.
    """

    ended_early = False

    def __init__(self, view: Json, control: Callable[..., Any]) -> None:
        super().__init__(view)
        self._control = control

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.disarm()
        except Refused as refused:
            if refused.status != 404:
                raise
            self.ended_early = True

    def refresh(self) -> Self:
        """Ask the server again: `hits`, `remaining` and `near_miss` change with each call.

        Raises Refused if it is not armed any more; then it shows what became of it.
        """
        if not self._apply(self._ask("GET")):
            raise Refused(
                f"The fault {self['id']} ended with its world; another has its id now.",
                "Arm it anew after the world was dropped.",
                404,
            )
        return self

    def disarm(self) -> None:
        """Disarm it. Raises Refused if it is not armed any more."""
        self.refresh()
        self._ask("DELETE")
        with suppress(Refused):  # that it is not armed any more
            self._ask("GET")

    def _ask(self, method: str) -> Any:
        try:
            return self._control(method, self._path)
        except Refused as refused:
            if refused.status == 404:
                self._apply(refused.problem.get("fault"))
            raise

    def _apply(self, view: Json | None) -> bool:
        """Show what the server knows of the fault, or that nobody knows; whether it did.

        A world that was dropped and made anew gives the same id to another fault.
        """
        known = view is not None and view["armed_at"] == self.get("armed_at")
        self.update(view if view is not None and known else dict.fromkeys(_OUTCOME))
        return known

    @property
    def _path(self) -> str:
        return f"/v1/faults/{self['id']}"


_OUTCOME = ("matched", "hits", "remaining", "completed", "near_miss")
