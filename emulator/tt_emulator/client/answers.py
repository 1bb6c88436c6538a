"""What the client's verbs give back where a plain JSON value would be clumsy."""

from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

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
    """The answer to `verify` and `wait_for`; it is true if the exchanges are as they should be."""

    ok: bool
    count: int
    differences: list[str]

    def __bool__(self) -> bool:
        return self.ok


class Unmet(AssertionError):
    """What should have come did not: `verdict` tells how much did, and what differed."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__("\n".join(map(escaped, verdict.differences)))
        self.verdict = verdict


class Armed(Json):
    """An armed fault as the server showed it last.

    As a context manager it is disarmed at the end of the block, also if the block raises; what it
    shows after that is what became of it.
    """

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
            self.refresh()
            self.disarm()
        except Refused as refused:
            if refused.status != 404:  # the block disarmed it itself
                raise

    def refresh(self) -> Self:
        """Ask the server again: `hits`, `remaining` and `near_miss` change with each call."""
        self.update(self._control("GET", self._path))
        return self

    def disarm(self) -> None:
        """Disarm it. Raises Refused if it is not armed any more."""
        self._control("DELETE", self._path)

    @property
    def _path(self) -> str:
        return f"/v1/faults/{self['id']}"
