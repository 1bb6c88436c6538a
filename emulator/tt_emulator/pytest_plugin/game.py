"""The package that the tests' server plays: where, and what its code did not catch.

Its pages tell the emulator by themselves; the browser is the test's own affair.
"""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from tt_emulator import natives
from tt_emulator.errors import EmulatorError
from tt_emulator.pytest_plugin import account

Json = dict[str, Any]

_GRACE_S = 0.3
"""So long after a test an error of its last deed may be under way."""
_PAUSE_S = 0.02


class Game:
    """The played package in the world of one test; `control` asks the server that plays it."""

    def __init__(self, url: str | None, control: Callable[[str, str], Any], world: str) -> None:
        self._url = url
        self._control = control
        self._world = world
        self._expected: Counter[tuple[Any, ...]] = Counter()

    @property
    def is_played(self) -> bool:
        """Whether there is one."""
        return self._url is not None

    @property
    def url(self) -> str:
        """Its origin. Raises EmulatorError if the server plays nothing."""
        if self._url is None:
            error = EmulatorError(
                "The emulator of these tests plays no package.",
                "Name one: pytest --tt-emulator-play DIR, or tt-emulator exec --play DIR -- pytest",
            )
            error.add_note(error.hint)
            raise error
        return self._url

    def is_at(self, url: str) -> bool:
        """Whether this is an address of the game."""
        return self._url is not None and urlsplit(url)[:2] == urlsplit(self._url)[:2]

    def errors(self) -> list[Json]:
        """What the game did not catch in this world: `message`, `file`, `line`, `at` of each."""
        return [error for page in self._pages() for error in page["errors"]]

    def wait_for_error(self, match: str = "", timeout_ms: int = 10_000) -> Json:
        """Wait for an error whose message the expression `match` is found in, and return it.

        It is an expected one then, which does not fail the test. Fails if none comes in time.
        """
        __tracebackhide__ = True
        end_s = natives.now_s() + timeout_ms / 1000
        while True:
            errors = self._unexpected()
            for error in errors:
                if re.search(match, error["message"]):
                    self._expected[_identity(error)] += 1
                    return error
            if natives.now_s() >= end_s:
                raise AssertionError(account.no_error(match, timeout_ms, errors))
            natives.sleep(_PAUSE_S)

    def left(self) -> list[Json]:
        """The errors that nobody expected, those that are just being told included."""
        end_s = natives.now_s() + _GRACE_S
        while not (errors := self._unexpected()) and self._pages() and natives.now_s() < end_s:
            natives.sleep(_PAUSE_S)
        return errors

    def _unexpected(self) -> list[Json]:
        known = self._expected.copy()
        found = []
        for error in self.errors():
            if known[_identity(error)]:
                known[_identity(error)] -= 1
            else:
                found.append(error)
        return found

    def _pages(self) -> list[Json]:
        if not self.is_played:
            return []
        pages = self._control("GET", "/v1/play")["pages"]
        return [page for page in pages if page["world"] == self._world]


def address(url: str, parameters: dict[str, str | None]) -> str:
    """`url` with these parameters in its query, in the place of its own of the same names."""
    given = {name: value for name, value in parameters.items() if value is not None}
    parts = urlsplit(url)
    kept = [
        each
        for each in parts.query.split("&")
        if each and unquote(each.partition("=")[0]) not in given
    ]
    added = [f"{name}={quote(value, safe='')}" for name, value in given.items()]
    return urlunsplit(parts._replace(query="&".join([*kept, *added])))


def _identity(error: Json) -> tuple[Any, ...]:
    return tuple(error[name] for name in ("message", "file", "line", "at"))
