"""A long script of requests over two worlds, each followed by questions about what came before.

What a reply gave at random is written as the n-th of its kind, `<code 1>`; `<etag>` is the latest.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple

EAST, WEST = "east", "west"
CONTROL = "/__emulator/v1/"
NOON = "2020-02-01T12:00:00Z"


class Ask(NamedTuple):
    """A request and its reply."""

    method: str
    path: str
    world: str
    body: Any = None
    headers: Mapping[str, str] = MappingProxyType({})


class Listen(NamedTuple):
    """So many events after that one, of the stream for testers."""

    world: str
    after: int
    events: int


class Watch(NamedTuple):
    """The next event of the stream for one player, which `change` brings about."""

    player: str
    change: Ask


Step = Ask | Listen | Watch


def call(world: str, api: str, player: str = "ann", as_id: str = "", **options: Any) -> Ask:
    headers = {"X-Emulator-Player": player} | ({"X-Emulator-Call": as_id} if as_id else {})
    return Ask("POST", f"/tt/{api}", world, options, headers)


def save(world: str, key: str, value: str, player: str = "ann", as_id: str = "") -> Ask:
    pairs = [{"key": key, "value": value}]
    return call(world, "setUserCloudStorage", player, as_id, KVDataList=pairs)


def load(world: str, *keys: str, player: str = "ann", as_id: str = "") -> Ask:
    return call(world, "getUserCloudStorage", player, as_id, keyList=list(keys))


def get(world: str, what: str) -> Ask:
    return Ask("GET", CONTROL + what, world)


def put(world: str, what: str, body: Any, **headers: str) -> Ask:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return Ask("PUT", CONTROL + what, world, body, sent)


def post(world: str, what: str, body: Any = None) -> Ask:
    return Ask("POST", CONTROL + what, world, body)


def delete(world: str, what: str) -> Ask:
    return Ask("DELETE", CONTROL + what, world)


def arm(world: str, **fault: Any) -> Ask:
    return post(world, "faults", fault)


def count(world: str, **match: Any) -> Ask:
    return post(world, "requests/count", {"match": match})


def verify(world: str, wanted: int, **match: Any) -> Ask:
    return post(world, "requests/verify", {"match": match, "count": wanted})


def calls_and_their_ids() -> Iterator[Step]:
    yield save(EAST, "score", "1", as_id="c-1")
    yield save(EAST, "score", "one too long" * 100, player="bob")
    yield save(EAST, "score", "1", as_id="c-1")
    yield load(EAST, "score", "level", as_id="c-2")
    yield call(EAST, "setUserCloudStorage", "bob", as_id="c-3", KVDataList="no list")
    yield save(EAST, "score", "2")
    yield load(EAST, "score", "level", as_id="c-2")
    yield call(EAST, "setUserCloudStorage", "bob", as_id="c-3", KVDataList="no list")
    yield load(EAST, "score", player="bob", as_id="c-1")
    yield get(EAST, "requests?after=2")
    yield count(EAST, player="ann", ok=True)
    yield verify(EAST, 3, api="setUserCloudStorage", ok=False)
    yield Listen(EAST, 4, 6)


def faults_of_each_kind() -> Iterator[Step]:
    save_alone, read_alone = "setUserCloudStorage", "getUserCloudStorage"
    yield arm(EAST, error="network-unavailable", api=save_alone, key="score*", skip=1, times=2)
    yield arm(EAST, error="internal-error", api=save_alone, player="carl", key="lev?l")
    yield arm(EAST, sequence=["session-failure", "ok", "bad_json", "truncate"], api=read_alone)
    yield arm(EAST, error="service-error", api="login", probability=0.5, ttl_s=600, label="a coin")
    yield arm(EAST, client="twice", api="checkSession", times=2)
    yield arm(EAST, delay_ms=5, api=["checkSession", "getUserInfo"])
    yield arm(EAST, delay_ms={"min": 1, "max": 6}, api=save_alone, player="bob", moment="after")
    yield arm(EAST, wire="http_status", status=503, api="setUserGroup", times=1)
    yield arm(EAST, wire="close", api="setUserGroup")
    yield arm(EAST, error="network-unavailable", api="removeUserCloudStorage", ttl_s=0.001)


def calls_that_faults_strike() -> Iterator[Step]:
    for number in range(4):
        yield save(EAST, "score-east", str(number), as_id=f"s-{number}")
        yield load(EAST, "score-east", player="bob")
        yield call(EAST, "login", "bob", as_id=f"l-{number}")
    yield save(EAST, "score-east", "again", as_id="s-1")
    yield save(EAST, "level", "7", player="bob")
    yield save(EAST, "score-east", "near", player="carl")
    yield call(EAST, "checkSession")
    yield call(EAST, "removeUserCloudStorage", keyList=["level"])
    yield call(EAST, "setUserGroup", groupId="g", as_id="g-1")
    yield call(EAST, "setUserGroup", groupId="g", as_id="g-1")
    yield call(EAST, "setUserGroup", groupId="g")


def what_faults_did() -> Iterator[Step]:
    yield get(EAST, "faults")
    yield delete(EAST, "faults/f2")
    yield get(EAST, "faults/f2")
    yield get(EAST, "coverage")
    yield call(EAST, "login", "bob")
    yield Ask("GET", "/tt/state", EAST)
    yield get(EAST, "requests?after=9&limit=8&player=bob")


def codes() -> Iterator[Step]:
    yield post(EAST, "clock", {"set": NOON, "freeze": True})
    yield put(EAST, "players/dora", {"nickname": "D", "friends": ["ann"], "group": "g"})
    yield call(EAST, "login", "dora", as_id="code")
    yield call(EAST, "login", "dora", as_id="code")
    yield post(EAST, "codes", {"code": "<code 1>"})
    yield post(EAST, "codes", {"code": "<code 1>"})
    yield post(EAST, "clock", {"advance_s": 170})
    yield post(EAST, "codes", {"anonymous_code": "<code 2>"})
    yield post(EAST, "clock", {"advance_s": 20})
    yield post(EAST, "codes", {"code": "<code 3>"})


def states_of_players() -> Iterator[Step]:
    yield save(EAST, "at", "a time that stands", player="dora")
    yield get(EAST, "players/dora")
    yield put(EAST, "players/dora", {"network": "offline"}, If_Match="<etag>")
    yield put(EAST, "players/dora", {"network": "online"}, If_Match='"another"')
    yield put(EAST, "settings", {"ranking_keys": {"best": "desc"}, "fail_object": "errMsg"})
    yield call(EAST, "setUserCloudStorage", KVDataList=7)
    yield Watch("ann", put(EAST, "settings", {"system": {"language": "en"}}))
    yield get(EAST, "conditions")
    yield delete(EAST, "players/bob")
    yield get(EAST, "players")
    yield Listen(EAST, 40, 20)


def a_second_world() -> Iterator[Step]:
    yield put(WEST, "faults", [{"delay_ms": 1}, {"error": 999985, "probability": 0.4}])
    yield save(WEST, "score", "1")
    yield save(WEST, "score", "2", as_id="c-1")
    yield put(WEST, "faults", [{"error": 999985, "probability": 0.4}, {"client": "never"}])
    yield get(WEST, "faults/f2")
    for number in range(3):
        yield load(WEST, "score", player=f"p{number}")
    yield save(WEST, "score", "9", as_id="c-1")
    yield get(WEST, "faults")


def a_world_that_is_replaced() -> Iterator[Step]:
    yield put(WEST, "snapshots/here", None)
    yield put(WEST, "players/ann", {"nickname": "A"})
    yield post(WEST, "snapshots/here/restore")
    yield get(WEST, "players")
    yield Ask("PUT", CONTROL + "worlds/west", WEST, {"schema": 1, "players": [{"openid": "eve"}]})
    yield get(WEST, "worlds/west")
    yield Listen(WEST, 3, 9)


def what_is_forgotten() -> Iterator[Step]:
    yield delete(EAST, "requests?api=login&player=bob")
    yield count(EAST)
    yield delete(EAST, "requests?after=3&limit=2")
    yield get(EAST, "requests?limit=4")
    yield get(EAST, "requests.har")
    yield Listen(EAST, 60, 12)
    yield save(EAST, "score", "a new call", as_id="l-1")
    yield post(EAST, "reset", {"scope": ["faults"]})
    yield get(EAST, "faults/f3")
    yield arm(EAST, error="service-error", api="login", probability=0.5)
    yield post(EAST, "reset", {"scope": ["clock"]})
    yield post(EAST, "reset", {"scope": ["journal"]})
    yield call(EAST, "login", as_id="c-1")


def worlds_that_begin_anew() -> Iterator[Step]:
    yield post(EAST, "reset", {"scope": ["data"]})
    yield load(EAST, "score")
    yield delete(WEST, "worlds/west")
    yield get(WEST, "requests")
    yield call(WEST, "login", as_id="c-1")
    yield arm(WEST, error="service-error", api="login")
    yield Listen(WEST, 0, 2)
    yield Listen(EAST, 72, 8)
    yield count("nowhere")
    yield get(EAST, "worlds")
    yield delete(EAST, "faults")
    yield call(EAST, "checkSession")
    yield get(EAST, "requests?after=20")


STEPS: list[Step] = list(
    chain(
        calls_and_their_ids(),
        faults_of_each_kind(),
        calls_that_faults_strike(),
        what_faults_did(),
        codes(),
        states_of_players(),
        a_second_world(),
        a_world_that_is_replaced(),
        what_is_forgotten(),
        worlds_that_begin_anew(),
    )
)
