"""What a test holds in its hands: a world of its own, its faults and its players."""

import json
import os
import re
from datetime import datetime
from itertools import count
from pathlib import Path
from secrets import token_hex
from types import TracebackType
from typing import Any, Self, Unpack, cast

import pytest

from tt_emulator import natives, shipped
from tt_emulator.client import Armed, Client, Reply, Unmet, Verdict
from tt_emulator.client.answers import Json
from tt_emulator.client.fields import (
    FaultClauses,
    FaultFields,
    Gaps,
    Match,
    Outcome,
    PlayerFields,
)
from tt_emulator.errors import EmulatorError
from tt_emulator.pytest_plugin import account
from tt_emulator.pytest_plugin.game import Game, address
from tt_emulator.pytest_plugin.server import Server
from tt_emulator.pytest_plugin.story import Story

_DEFAULT_SNAPSHOT = "snapshot"
_LEFT_S = 86_400  # a run that is killed drops nothing, and the server is somebody else's
_TIMEOUT_S = 60  # CI machines are slow at times; how long a test may take is the runner's business
_RUN = token_hex(3)
_numbers = count(1)


def new_name(test: str, team: str | None = None) -> str:
    """A world name that nobody else has: runs and workers may share one server. It is one of the
    team's, if there is a team.
    """
    opening = f"{team}." if team else ""
    readable = re.sub(r"[^A-Za-z0-9]+", "-", test.removeprefix("test_")).strip("-")
    readable = readable[: 40 - len(opening)].strip("-")
    return opening + "-".join(filter(None, [readable, _RUN, str(next(_numbers))]))


class Fault(Armed):
    """An armed fault. A `with` block ends it, and fails if it struck less often than it should."""

    strict = True

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        super().__exit__(kind, error, trace)
        if kind is None and self.strict and account.is_left(self):
            __tracebackhide__ = True
            pytest.fail(account.left(self, early=self.ended_early))


class Player(Json):
    """A player as the server showed them last; `call` is what their game does."""

    def __init__(self, view: Json, emulator: "TTEmulator") -> None:
        super().__init__(view)
        self._emulator = emulator

    @property
    def openid(self) -> str:
        """Who it is."""
        return str(self["openid"])

    def call(self, api: str, options: Json | None = None, *, domain: str = "main") -> Reply:
        """Call `tt.<api>(options)`, or `wx.<api>(options)`; what its callback would receive."""
        return self._emulator.call(api, options, player=self.openid, domain=domain)

    def put(self, /, **fields: Unpack[PlayerFields]) -> Self:
        """Change the player: `session="expired"`, `network="offline"`, `KVDataList=[…]`, …"""
        self.update(self._emulator.put_player(self.openid, **fields))
        return self

    def saved(self) -> dict[str, str]:
        """What the server holds of the player now, by key."""
        self.update(self._emulator.player(self.openid))
        return {pair["key"]: pair["value"] for pair in self["KVDataList"]}


class TTEmulator(Client):
    """One world of the server, with the verbs of `tt_emulator.client.Client` and those of a test.

    `strict` False lets a `with` block end although its fault has strikes left. The world is of the
    `platform`, of the server's if that is None. `passed` is whether
    the test itself has. `game` is the package that the server plays, `story` what is kept of a
    test that fails.
    """

    def __init__(
        self, server: Server, world: str, *, strict: bool = True, platform: str | None = None
    ) -> None:
        super().__init__(server.url, world, server.token, timeout_s=_TIMEOUT_S, platform=platform)
        self._started_ms = int(natives.now_s() * 1000)
        self._logged_bytes = server.child.logged_bytes() if server.child else 0
        self.game = Game(server.game_url, self.control, world)
        self.passed = False
        self.reads_make_it = True
        self.sections: list[tuple[str, str]] | None = None
        self.story: Story | None = None
        self._server = server
        self._strict = strict
        self._demanded: set[str] = set()
        if server.child is None:
            self.control("PUT", f"/v1/worlds/{world}/lifetime", {"ttl_s": _LEFT_S})

    def control(
        self,
        method: str,
        path: str,
        body: Any = None,
        query: Json | None = None,
        *,
        more_s: float = 0,
        as_text: bool = False,
    ) -> Any:
        """As the client's, but who reads first finds the world there, and errors tell the hint."""
        try:
            if method == "GET" and self.reads_make_it:
                super().control("POST", "/v1/reset", {"scope": []})
            self.reads_make_it = False
            return super().control(method, path, body, query, more_s=more_s, as_text=as_text)
        except EmulatorError as error:
            error.add_note(error.hint)
            raise

    def fail(
        self,
        error: str | int,
        api: str | list[str] | None = None,
        times: int | None = None,
        **clauses: Unpack[FaultClauses],
    ) -> Fault:
        """Arm a documented error, by name or code: `fail("network-unavailable", times=2)`."""
        fields = cast(FaultFields, {**clauses, "error": error})
        if api is not None:
            fields["api"] = api
        if times is not None:
            fields["times"] = times
        return self.fault(**fields)

    def fault(self, /, **fields: Unpack[FaultFields]) -> Fault:
        """Arm any fault; as a context manager it is disarmed at the end of the block."""
        fault = Fault(super().fault(**fields), self.control)
        fault.strict = self._strict
        return fault

    def demand(self, error: str, api: str) -> Fault:
        """Arm an error without end that must strike once at least."""
        fault = self.fail(error, api=api)
        self._demanded.add(fault["id"])
        return fault

    def left(self, faults: list[Json]) -> list[str]:
        """The faults that struck less often than they should, in words."""
        return [
            account.left(fault)
            for fault in faults
            if account.is_left(fault) or (fault["id"] in self._demanded and not fault["hits"])
        ]

    def player(self, openid: str, **fields: Unpack[PlayerFields]) -> Player:
        """A player, changed to what `fields` say."""
        view = self.put_player(openid, **fields) if fields else super().player(openid)
        return Player(view, self)

    def assert_called(
        self,
        api: str | None = None,
        count: int | Json | None = None,
        timeout_ms: int = 0,
        *,
        min_gap_ms: Gaps = None,
        max_gap_ms: Gaps = None,
        **match: Unpack[Outcome],
    ) -> Verdict:
        """Fail unless exactly `count` calls (default: at least one) match, at once or in time.

        And unless each gap between them is within its bounds: `min_gap_ms=[2000, 5000]`.
        """
        __tracebackhide__ = True
        verdict = self.verify(
            count,
            timeout_ms,
            check=False,
            min_gap_ms=min_gap_ms,
            max_gap_ms=max_gap_ms,
            **_clauses(api, match),
        )
        return _met(verdict)

    def wait_for(  # type: ignore[override]  # a test names the API first
        self,
        api: str | None = None,
        count: int | Json | None = None,
        timeout_ms: int = 10_000,
        *,
        check: bool = True,
        min_gap_ms: Gaps = None,
        max_gap_ms: Gaps = None,
        **match: Unpack[Outcome],
    ) -> Verdict:
        """Wait until at least `count` calls (default 1) match; then their gaps are judged.

        Fails once the time is over; with `check` False the verdict is false instead.
        """
        __tracebackhide__ = True
        verdict = super().wait_for(
            count,
            timeout_ms,
            check=False,
            min_gap_ms=min_gap_ms,
            max_gap_ms=max_gap_ms,
            **_clauses(api, match),
        )
        return _met(verdict) if check else verdict

    def snapshot(self, name: str = _DEFAULT_SNAPSHOT) -> str:
        """Keep the world's data under a name; the name."""
        return super().snapshot(name)

    def restore(self, name: str = _DEFAULT_SNAPSHOT) -> None:
        """Bring the world's data back to a snapshot."""
        super().restore(name)

    def export_world(self, path: str | os.PathLike[str] | None = None) -> Json:
        """Players, settings and clock as one document, also as a file if there is a `path`."""
        text = self.export_text()
        if path is not None:
            Path(path).write_bytes(text)
        return dict(json.loads(text))

    def import_world(self, source: Json | str | os.PathLike[str]) -> None:
        """Make the world what a document says, a file with one, or the shipped one of that name."""
        if isinstance(source, dict):
            self.import_text(json.dumps(source).encode())
        else:
            self.import_text(shipped.located("worlds", Path(source)).read_bytes())

    def came(self, exchanges: list[Json]) -> int:
        """How many calls came to the world, of which these are held still."""
        return _came(self, exchanges)

    def strays(self) -> int:
        """How many calls came to the default world since this one began, as of a lost game."""
        return self.counted_strays()[0]

    def counted_strays(self) -> tuple[int, bool]:
        """The same of the calls that the journal holds, and whether there may have been more."""
        with Client(self._server.url, token=self._server.token) as default:
            held = default.requests()
            dropped = _came(default, held) > len(held)
        came = [datetime.fromisoformat(each["received_at"]) for each in held]
        strays = sum(round(moment.timestamp() * 1000) >= self._started_ms for moment in came)
        return strays, dropped and strays == len(held)

    def log(self) -> str:
        """What the server has logged since this world began, if it is the run's own."""
        child = self._server.child
        return child.log(self._logged_bytes) if child else ""

    def page(self, url: str | None = None, player: str | None = None) -> str:
        """`url` with the parameters by which `tt.js` there plays in this world of this server.

        Without `url` it is that of the game, which has its server behind it.
        """
        url = self.game.url if url is None else url
        server = None if self.game.is_at(url) else self.url
        return address(url, {"tt-world": self.world, "tt-player": player, "tt-url": server})


def _met(verdict: Verdict) -> Verdict:
    __tracebackhide__ = True
    if not verdict:
        raise Unmet(verdict)
    return verdict


def _clauses(api: str | None, outcome: Outcome) -> Match:
    match = cast(Match, {**outcome})
    if api is not None:
        match["api"] = api
    return match


def _came(client: Client, held: list[Json]) -> int:
    """All calls of the client's world, those that are forgotten included."""
    under_way = sum(exchange["answered_at"] is None for exchange in held)
    return max(client.count() + under_way, len(held))  # one may have been answered meanwhile
