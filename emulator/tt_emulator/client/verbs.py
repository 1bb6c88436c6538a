"""What the client can do: arm faults, ask the journal, change the world."""

from collections.abc import Iterator, Sequence
from typing import Any, Unpack, overload

from tt_emulator.client.answers import Armed, Json, Unmet, Verdict
from tt_emulator.client.connection import quoted
from tt_emulator.client.events import Event
from tt_emulator.client.fields import ClockMove, Cover, FaultFields, Gaps, Match, PlayerFields
from tt_emulator.client.stories import WORLD_S, Stories
from tt_emulator.errors import NotReached


class Client(Stories):
    """The verbs of the control plane, beside `call`, which is a game's. Threads may share it."""

    def health(self) -> Json:
        """What the server says of itself: version, seed, files set aside."""
        return dict(self.control("GET", "/health"))

    def errors(self, api: str | None = None) -> list[Json]:
        """The documented error rows, of all APIs or of one."""
        return list(self.control("GET", "/v1/errors", query={"api": api})["errors"])

    def faults(self) -> list[Json]:
        """What is armed, in the order in which it is tried."""
        return list(self.control("GET", "/v1/faults")["faults"])

    def fault(self, /, **fields: Unpack[FaultFields]) -> Armed:
        """Arm one fault: `with client.fault(error="network-unavailable", times=2): …`."""
        return self.arm(dict(fields))

    @overload
    def arm(self, spec: Json) -> Armed: ...

    @overload
    def arm(self, spec: Sequence[Json]) -> list[Armed]: ...

    def arm(self, spec: Json | Sequence[Json]) -> Armed | list[Armed]:
        """Arm one fault, or a list of them (all or none)."""
        if isinstance(spec, dict):
            return Armed(self.control("POST", "/v1/faults", spec), self.control)
        return self._armed(self.control("POST", "/v1/faults", list(spec)))

    def replace(self, specs: Sequence[Json]) -> list[Armed]:
        """Disarm everything and arm `specs` in one step."""
        return self._armed(self.control("PUT", "/v1/faults", list(specs)))

    def reorder(self, ids: Sequence[str]) -> list[Json]:
        """Have what is armed tried in this order: every fault by its id, once; no count changes."""
        return list(self.control("PUT", "/v1/faults/order", {"ids": list(ids)})["faults"])

    def disarm(self, fault_id: str) -> None:
        """Disarm one fault."""
        self.control("DELETE", f"/v1/faults/{quoted(fault_id)}")

    def disarm_all(self) -> None:
        """Disarm every fault of the world."""
        self.control("DELETE", "/v1/faults")

    def scenario(self, name: str) -> Json:
        """The scenario of that name, saved in the world or shipped, as its file has it."""
        return dict(self.control("GET", f"/v1/scenarios/{quoted(name)}"))

    def save_scenario(self, name: str) -> Json:
        """Save what is armed as a scenario of the world, in the place of an older one; it."""
        return dict(self.control("PUT", f"/v1/scenarios/{quoted(name)}"))

    def delete_scenario(self, name: str) -> None:
        """Forget a saved scenario."""
        self.control("DELETE", f"/v1/scenarios/{quoted(name)}")

    def requests(
        self,
        api: str | None = None,
        player: str | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> list[Json]:
        """The exchanges of the journal, oldest first; `after` an id gives only newer ones."""
        query = {"api": api, "player": player, "after": after, "limit": limit}
        return list(self.control("GET", "/v1/requests", query=query)["requests"])

    def clear_requests(self) -> None:
        """Forget the journal; its ids go on counting."""
        self.control("DELETE", "/v1/requests")

    def count(self, **match: Unpack[Match]) -> int:
        """How many answered exchanges match: `api`, `player`, `ok`, `error` (name or code)."""
        answer = self.control("POST", "/v1/requests/count", {"match": match})
        return int(answer["count"])

    def wait_for(
        self,
        count: int | Json | None = None,
        timeout_ms: int = 10_000,
        *,
        check: bool = True,
        min_gap_ms: Gaps = None,
        max_gap_ms: Gaps = None,
        **match: Unpack[Match],
    ) -> Verdict:
        """Wait until at least `count` exchanges (default 1) match as for `count`.

        `count` may be `{"min": 1, "max": 3}`. Then the gaps are judged, from one's answer to the
        next one's arrival: each bound is one number for all, or a list in order. Raises Unmet, an
        AssertionError, once the time is over; with `check` False the verdict is false instead.
        """
        question = _question(count, timeout_ms, min_gap_ms, max_gap_ms, match)
        return self._ask("wait", question, check)

    def verify(
        self,
        count: int | Json | None = None,
        timeout_ms: int = 0,
        *,
        check: bool = True,
        min_gap_ms: Gaps = None,
        max_gap_ms: Gaps = None,
        **match: Unpack[Match],
    ) -> Verdict:
        """Whether exactly `count` exchanges (default: at least 1) match, at once or in time.

        And whether the gaps between them are as for `wait_for`. Raises Unmet if not; with `check`
        False the verdict is false instead.
        """
        question = _question(count, timeout_ms, min_gap_ms, max_gap_ms, match)
        return self._ask("verify", question, check)

    def har(self) -> Json:
        """The journal as a HAR file, which browsers' developer tools open."""
        return dict(self.control("GET", "/v1/requests.har"))

    def events(self, after: int = 0) -> Iterator[Event]:
        """What happened in the world after the event of that id, and then what happens.

        A stream that breaks is taken up again where it broke. Raises NotReached if that fails.
        """
        while True:
            alive = False
            try:
                for event in self._events(after):
                    alive = True
                    if event is not None:
                        after = event.id
                        yield event
            except NotReached:
                if not alive:
                    raise

    def coverage(self, cover: Cover = "documented") -> Json:
        """`coverage`: each documented error with how often this world `delivered` it; totals. With
        `seen` those as well that are not documented, but were seen.
        """
        query = None if cover == "documented" else {"cover": cover}
        return dict(self.control("GET", "/v1/coverage", query=query))

    def players(self) -> list[Json]:
        """The players of whom something is stored."""
        return list(self.control("GET", "/v1/players")["players"])

    def player(self, openid: str) -> Json:
        """One player: nickname, session, network, stored pairs."""
        return dict(self.control("GET", f"/v1/players/{quoted(openid)}"))

    def player_fields(self) -> list[Json]:
        """What of a player can be set on the world's platform beside names, friends and pairs."""
        return list(self.control("GET", "/v1/catalog")["player_fields"])

    def put_player(self, openid: str, /, **fields: Unpack[PlayerFields]) -> Json:
        """Change a player: `session="expired"`, `network="offline"`, …; the player as it is now."""
        return dict(self.control("PUT", f"/v1/players/{quoted(openid)}", dict(fields)))

    def delete_player(self, openid: str) -> None:
        """Forget a player."""
        self.control("DELETE", f"/v1/players/{quoted(openid)}")

    def settings(self) -> Json:
        """The settings of the world."""
        return dict(self.control("GET", "/v1/settings"))

    def put_settings(self, /, **fields: Any) -> Json:
        """Change settings of the world, `host` field by field; all of them as they are now."""
        return dict(self.control("PUT", "/v1/settings", fields))

    def exchange_code(self, /, **code: str) -> Json:
        """What a `code` or an `anonymous_code` of tt.login is worth, once, to the game's server."""
        return dict(self.control("POST", "/v1/codes", code))

    def clock(self) -> Json:
        """The world's time: `now` and whether it is `frozen`."""
        return dict(self.control("GET", "/v1/clock"))

    def move_clock(self, /, **move: Unpack[ClockMove]) -> Json:
        """`set` the world's clock or `advance_s`, `freeze` it; the clock as it is now."""
        return dict(self.control("POST", "/v1/clock", move))

    def worlds(self) -> list[str]:
        """The names of all worlds."""
        return [world["name"] for world in self.control("GET", "/v1/worlds")["worlds"]]

    def export_text(self) -> bytes:
        """The world as the text of a JSON document, see docs/worlds.md."""
        text: bytes = self.control("GET", self._path, more_s=WORLD_S, as_text=True)
        return text

    def import_text(self, document: bytes) -> Json:
        """Put a document in the place of what was, all or nothing; the world as it is now.

        Raises Refused, with the place of what is wrong in it.
        """
        return dict(self.control("PUT", self._path, document, more_s=WORLD_S))

    def drop_world(self) -> None:
        """Forget the world and all that belongs to it."""
        self.control("DELETE", self._path)

    def snapshots(self) -> list[str]:
        """The names under which the world was kept."""
        return list(self.control("GET", "/v1/snapshots")["snapshots"])

    def snapshot(self, name: str) -> str:
        """Keep players, settings and clock, in the place of an older snapshot; its name."""
        kept = self.control("PUT", f"/v1/snapshots/{quoted(name)}", more_s=WORLD_S)
        return str(kept["name"])

    def restore(self, name: str) -> None:
        """Bring players, settings and clock back to a snapshot."""
        self.control("POST", f"/v1/snapshots/{quoted(name)}/restore", more_s=WORLD_S)

    def delete_snapshot(self, name: str) -> None:
        """Forget a snapshot."""
        self.control("DELETE", f"/v1/snapshots/{quoted(name)}")

    def reset(self, scope: Sequence[str] | None = None) -> None:
        """Reset `data`, `faults`, `journal` or `clock` of the world; None means all of them."""
        body = None if scope is None else {"scope": list(scope)}
        self.control("POST", "/v1/reset", body, more_s=WORLD_S)

    @property
    def _path(self) -> str:
        return f"/v1/worlds/{quoted(self.world)}"

    def _armed(self, answer: Any) -> list[Armed]:
        return [Armed(view, self.control) for view in answer["faults"]]

    def _ask(self, verb: str, question: Json, check: bool) -> Verdict:
        path, more_s = f"/v1/requests/{verb}", question["timeout_ms"] / 1000
        answer = self.control("POST", path, question, more_s=more_s)
        ok, count, differences = answer["ok"], answer["count"], answer["differences"]
        verdict = Verdict(ok, count, differences, answer.get("gaps_ms", []))
        if check and not verdict:
            raise Unmet(verdict)
        return verdict


def _question(
    count: int | Json | None, timeout_ms: int, min_gap_ms: Gaps, max_gap_ms: Gaps, match: Match
) -> Json:
    given = {"count": count, "min_gap_ms": min_gap_ms, "max_gap_ms": max_gap_ms}
    question = {name: value for name, value in given.items() if value is not None}
    return {"match": match, "timeout_ms": timeout_ms, **question}
