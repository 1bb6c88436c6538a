"""What one entry point refuses all refuse, and nothing that was taken breaks an answer later."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from entry_points import Answer, FlaskEntryPoint
from harness import OPTIONS, ScriptedClock
from tt_emulator.cli.faults import _row
from tt_emulator.cli.output import cell
from tt_emulator.errors import EmulatorError
from tt_emulator.faults import scenario
from tt_emulator.platforms import load
from tt_emulator.storage.memory import MemoryStorage
from tt_emulator.wire.broadcast import EVENTS_AT_ONCE
from tt_emulator.wire.control.events import view
from tt_emulator.wire.event_stream import each
from tt_emulator.world import World, Worlds

JSON = {"Content_Type": "application/json"}
LANGUAGES = ("en", "zh")
FRAGMENTS = [
    *('"\\ud800"', '"\\udc00\\ud800"', '"\\ud83d\\ude00"', '"\\u0000"', '"\\u001b[31m"', '"\x01"'),
    *('"\u202e"', '"a/b~c"', '""', '" "', '"' + "x" * 129 + '"', '"' + "x" * 2000 + '"'),
    *('"' + "名" * 43 + '"', '"' + "名" * 42 + '"', '"a\\nb"', '"\u2028"', '"\\/"'),
    *("NaN", "Infinity", "-Infinity", "1e999", "-1e999", "1e-999", "9" * 400, "9" * 5000, "-0"),
    *("0", "1", "1.5", "-1", "1000000001", "120001", "18446744073709551616", "true", "null"),
    *("[]", "{}", '["ok"]', '["a","a"]', '{"a":1,"a":1}', '{"max":5,"min":1}', '{"max":5,"max":1}'),
    *('{"\\ud800":1}', "[" * 70 + "]" * 70, "[" * 2000 + "]" * 2000, '{"a":' * 70 + "1" + "}" * 70),
    *('["login"]', '["\\ud800"]', '"login"', '"2026-01-01T00:00:00Z"', '"desc"', "{", "", "1 2"),
]
SOME = st.sampled_from(FRAGMENTS) | st.text(max_size=8).map(
    lambda text: json.dumps(text, ensure_ascii=False)
)
worlds = count()


def an_object(fields: list[tuple[str, str]]) -> str:
    return "{" + ", ".join(f'"{name}": {value}' for name, value in fields) + "}"


def objects(*names: str) -> st.SearchStrategy[str]:
    """JSON objects with some of the fields, perhaps one of them twice."""
    return st.lists(st.tuples(st.sampled_from(names), SOME), max_size=3).map(an_object)


class House(NamedTuple):
    """A server without a socket, and a folder for files."""

    entry_point: FlaskEntryPoint
    folder: Path

    def ask(self, method: str, path: str, text: str | None = None, **headers: str) -> Answer:
        body = None if text is None else text.encode("utf-8", "surrogatepass")
        typed = {} if text is None else JSON
        return self.entry_point(method, f"/__emulator/v1{path}", body, **(typed | headers))

    def takes(self, method: str, path: str, text: str) -> bool:
        answer = self.ask(method, path, text)
        assert answer.status in (200, 201, 400, 422), answer.body
        return answer.status < 400

    def file(self, text: str) -> Path:
        path = self.folder / "file.json"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        return path

    def moves(self) -> str:
        """Go to a world that is new."""
        self.entry_point.world = f"w{next(worlds)}"
        return self.entry_point.world


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return House(FlaskEntryPoint("default"), tmp_path_factory.mktemp("files"))


def took(act: Callable[[], object]) -> bool:
    """Whether it was taken; it must not fail in any other way than by a refusal."""
    try:
        act()
    except EmulatorError:
        return False
    return True


def seeds(text: str) -> bool:
    worlds = Worlds(MemoryStorage(), load(), ScriptedClock(), ready=False)
    body = text.encode("utf-8", "surrogatepass")
    return took(lambda: worlds.initialize(body, lambda done, of: None, lambda world: None))


def everything(house: House) -> Iterator[tuple[str, dict[str, str]]]:
    """Every address that shows something of the world, in both languages."""
    world = house.entry_point.world
    paths = [
        *("/faults", "/requests", "/requests.har", "/players", "/settings", "/clock", "/coverage"),
        *("/snapshots", f"/worlds/{world}"),
        *(f"/faults/{fault['id']}" for fault in house.ask("GET", "/faults").json["faults"]),
    ]
    for path in paths:
        for language in LANGUAGES:
            yield path, {"Accept_Language": language}


def events(world: World, language: str) -> Iterator[str]:
    """All of the world's events as they are streamed."""
    seen_id = 0
    while waiting := world.feed.after(seen_id, EVENTS_AT_ONCE):
        piece, seen_id = each(waiting, partial(view, world), language)
        yield from piece.decode().split("\n\n")[:-1]


def all_is_shown(house: House) -> None:
    """Whatever the world holds can be listed, streamed, exported and shown."""
    here = house.entry_point.bench.engine.worlds.open(house.entry_point.world)
    house.ask("POST", "/reset", '{"scope": []}')
    for path, headers in everything(house):
        answer = house.ask("GET", path, **headers)
        assert answer.status == 200, (path, answer.body)
        assert answer.json is not None
    for language in LANGUAGES:
        for event in events(here, language):
            lines = event.split("\n")
            assert [line.partition(":")[0] for line in lines] == ["id", "event", "data"]
            json.loads(lines[2].removeprefix("data: "))
    for fault in house.ask("GET", "/faults").json["faults"]:
        assert all(map(str.isprintable, map(cell, _row(fault))))
    exported = house.ask("GET", f"/worlds/{house.entry_point.world}").body
    assert (
        house.ask("PUT", f"/worlds/{house.entry_point.world}-again", exported.decode()).body
        == exported
    )
    house.ask("DELETE", f"/worlds/{house.entry_point.world}-again")


many = settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
FIELDS = ("label", "player", "key", "api", "times", "skip", "probability", "ttl_s", "delay_ms")
FAULTS = st.lists(
    objects(
        "error", *FIELDS, "detail", "domain", "status", "duration_ms", "sequence", "loop", "reply"
    ).map(
        lambda text: (
            text.replace("{", '{"error": "network-unavailable", ', 1)
            if '"error"' not in text and '"sequence"' not in text and text != "{}"
            else text
        )
    ),
    min_size=1,
    max_size=2,
).map(lambda items: f"[{', '.join(items)}]")


@many
@given(text=FAULTS)
@example(text='[{"error": "server-error", "label": "\\ud800"}]')
@example(text='[{"error": "server-error", "label": "a", "label": "b"}]')
@example(text='[{"delay_ms": NaN}]')
@example(text='[{"delay_ms": 1, "probability": 1e999}]')
def test_faults_are_judged_alike_at_every_entry_point(house: House, text: str) -> None:
    house.moves()
    path = house.file(text)
    named = house.file(f'{{"name": "n", "faults": {text}}}')
    world = house.entry_point.bench.engine.worlds.open(house.entry_point.world)

    verdicts = {
        "PUT": house.takes("PUT", "/faults", text),
        "POST": house.takes("POST", "/faults", text),
        "a scenario": took(lambda: scenario.arm(house.file(text), "tt", world.faults.replace)),
        "a scenario with a name": took(lambda: scenario.arm(named, "tt", world.faults.replace)),
        "fault load": took(
            lambda: (
                house.takes("PUT", "/faults", json.dumps(scenario.load(path).faults))
                or scenario.arm(path, "tt", world.faults.replace)
            )
        ),
    }

    assert len(set(verdicts.values())) == 1, verdicts
    all_is_shown(house)


PROFILE = ("nickname", "avatarUrl", "friends", "group", "account", "session", "network")
PAIRS = st.lists(objects("key", "value"), max_size=3).map(
    lambda items: f'"KVDataList": [{", ".join(items)}]'
)


@many
@given(profile=objects(*PROFILE), pairs=PAIRS | st.just(""))
@example(profile='{"friends": ["' + "名" * 43 + '"]}', pairs="")
@example(profile='{"nickname": "a", "nickname": "b"}', pairs="")
@example(profile='{"nickname": "\\ud800"}', pairs="")
@example(
    profile="{}", pairs='"KVDataList": [{"key": "k", "value": "1"}, {"key": "k", "value": "2"}]'
)
@example(profile="{}", pairs='"KVDataList": [{"key": "k", "value": "1", "at2": 5}]')
@example(profile='{"group": "' + "g" * 200 + '"}', pairs="")
def test_a_player_is_judged_alike_at_every_entry_point(
    house: House, profile: str, pairs: str
) -> None:
    world = house.moves()
    inside = ", ".join(filter(None, [profile[1:-1], pairs]))
    document = f'{{"schema": 1, "players": [{{{", ".join(filter(None, [OPENID, inside]))}}}]}}'

    verdicts = {
        "PUT of a player": house.takes("PUT", "/players/p", f"{{{inside}}}"),
        "PUT of a world": house.takes("PUT", f"/worlds/{world}", document),
        "a seed": seeds(document),
    }

    assert len(set(verdicts.values())) == 1, verdicts
    all_is_shown(house)


OPENID = '"openid": "p"'
SETTINGS = ("own_data_in_main", "new_player_session", "fail_object", "ranking_keys", "host")
HOST = objects("appName", "SDKVersion", "unsupported").map(lambda text: f'{{"host": {text}}}')


@many
@given(wanted=objects(*SETTINGS) | HOST)
@example(wanted='{"ranking_keys": {"a": "asc", "a": "desc"}}')
@example(wanted='{"host": {"appName": "\\ud800"}}')
def test_settings_are_judged_alike_at_every_entry_point(house: House, wanted: str) -> None:
    world = house.moves()
    document = f'{{"schema": 1, "settings": {wanted}}}'

    verdicts = {
        "PUT of settings": house.takes("PUT", "/settings", wanted),
        "PUT of a world": house.takes("PUT", f"/worlds/{world}", document),
        "a seed": seeds(document),
    }

    assert len(set(verdicts.values())) == 1, verdicts
    all_is_shown(house)


@many
@given(
    members=st.lists(
        st.tuples(
            st.sampled_from(["$schema", "schema", "settings", "clock", "players"]),
            st.sampled_from(["1", "{}", "[]", '[{"openid": "p"}]', '"a"', '{"offset_ms": 5}'])
            | SOME,
        ),
        max_size=4,
    )
)
@example(members=[("schema", "1"), ("schema", "1")])
@example(members=[("schema", "1"), ("players", '[{"openid": "p"}]'), ("players", "[]")])
@example(members=[("schema", "1"), ("clock", '{"offset_ms": 5, "offset_ms": 5}')])
@example(members=[("schema", "1"), ("$schema", '"\\ud800"')])
@example(members=[("schema", "1"), ("players", '[{"openid": "p", "openid": "p"}]')])
@example(members=[("schema", "1"), ("players", '[{"openid": "p", "imRankData": [{}, {}]}]')])
def test_no_world_is_taken_whose_text_a_request_could_not_bring(
    house: House, members: list[tuple[str, str]]
) -> None:
    world = house.moves()
    text = an_object(members)

    as_a_world, as_a_seed = house.takes("PUT", f"/worlds/{world}", text), seeds(text)

    assert as_a_world == as_a_seed
    if as_a_world:
        assert house.ask("POST", "/requests/count", text).status == 422  # and not 400
    all_is_shown(house)


CALLED = {
    name: options
    for name, options in OPTIONS.items()
    if name not in ("setStorage", "getStorage", "removeStorage")
}
VALUES = st.sampled_from(
    ["", " ", "\x00", "\u2028", "\U0001f600", "名" * 50, "x" * 200, "z" * 2000, "a\nb", "0", "7"]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, str]:
    """A call that is nearly right, its text laid out in some way."""
    name = draw(st.sampled_from(sorted(CALLED)))
    options = dict(CALLED[name])
    for field in draw(st.sets(st.sampled_from([*options, "zoneId", "extra", "priority"]))):
        options[field] = draw(VALUES | st.integers(-1, 2**40) | st.floats() | st.just([]))
    if draw(st.booleans()):
        options["KVDataList"] = [{"key": draw(VALUES), "value": draw(VALUES)}]
    text = json.dumps(
        options, ensure_ascii=draw(st.booleans()), indent=draw(st.sampled_from([None, 1]))
    )
    return name, text


@many
@given(
    made=st.lists(calls(), min_size=1, max_size=3), pause=st.sampled_from(["", '{"delay_ms": 1}'])
)
@example(
    made=[("setImRankData", '{"dataType": 0, "value": "1", "zoneId": "' + "z" * 200 + '"}')],
    pause="",
)
@example(made=[("setUserGroup", '{"groupId": "' + "g" * 200 + '"}')], pause="")
@example(made=[("getUserCloudStorage", '{\n"keyList": ["a"]\r\n}')], pause="")
def test_whatever_a_game_sent_can_be_shown(
    house: House, made: list[tuple[str, str]], pause: str
) -> None:
    house.moves()
    if pause:
        house.ask("POST", "/faults", pause)
    for name, text in made:
        domain = load().catalog.apis[name].domains[0]
        answer = house.entry_point("POST", f"/tt/{name}", text.encode(), X_Emulator_Domain=domain)
        assert answer.status in (200, 400), answer.body

    all_is_shown(house)
