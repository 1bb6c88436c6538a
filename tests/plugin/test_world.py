"""`tt_emulator`: a world of its own, and the verbs in it."""

from typing import Any

import pytest

from plugin.suite import Suite


def test_each_test_starts_with_nothing(suite: Suite) -> None:
    result = suite("""
@pytest.mark.parametrize("number", range(3))
def test_nothing_is_there(tt_emulator, number):
    assert (tt_emulator.players(), tt_emulator.faults(), tt_emulator.requests()) == ([], [], [])
    tt_emulator.fail("network-unavailable")
    save(tt_emulator)
    tt_emulator.disarm_all()
    assert save(tt_emulator) == OK
""")

    result.assert_outcomes(passed=3)


@pytest.mark.own_server
def test_the_world_is_dropped_at_the_end(suite: Suite) -> None:
    result = suite("""
seen = []

def test_one(tt_emulator):
    save(tt_emulator)
    seen.append(tt_emulator.world)
    assert tt_emulator.worlds() == ["default", *seen]

def test_two(tt_emulator):
    save(tt_emulator)
    assert tt_emulator.worlds() == ["default", tt_emulator.world]
    assert tt_emulator.world not in seen
""")

    result.assert_outcomes(passed=2)


@pytest.mark.own_server
def test_a_world_that_nobody_came_to_is_not_made(suite: Suite) -> None:
    result = suite("""
def test_one(tt_emulator):
    assert tt_emulator.url.startswith("http://127.0.0.1:")
    assert tt_emulator.world.startswith("one-")

def test_two(tt_emulator_server):
    from tt_emulator.client import Client
    with Client(tt_emulator_server.url) as client:
        assert client.worlds() == ["default"]
""")

    result.assert_outcomes(passed=2)


def test_the_verbs_of_a_test(suite: Suite) -> None:
    result = suite("""
def test_fail(tt_emulator):
    tt_emulator.fail("network-unavailable", api="setUserCloudStorage", times=1)
    assert save(tt_emulator)["errorCode"] == 999985
    assert save(tt_emulator) == OK

def test_fault(tt_emulator):
    tt_emulator.fault(sequence=["server-error", "ok", 999993], player="alice")
    assert [save(tt_emulator, player="alice").get("errorCode") for _ in range(4)] == [
        108002, None, 999993, None
    ]

def test_a_block_ends_its_fault(tt_emulator):
    with tt_emulator.fail("server-error") as fault:
        assert "errorCode" in save(tt_emulator)
    assert fault["hits"] == 1
    assert save(tt_emulator) == OK

def test_a_block_ends_its_fault_also_if_it_raises(tt_emulator):
    with pytest.raises(ZeroDivisionError), tt_emulator.fail("server-error", times=9):
        1 / 0
    assert tt_emulator.faults() == []

def test_player(tt_emulator):
    alice = tt_emulator.player("alice", network="offline")
    assert alice.openid == alice["openid"] == "alice"
    assert alice.call("setUserCloudStorage", PAIRS)["errorCode"] == 999985
    assert alice.put(network="online")["network"] == "online"
    assert alice.call("setUserCloudStorage", PAIRS) == OK
    assert alice.saved() == {"score": "1"}
    assert tt_emulator.player("bob").saved() == {}

def test_requests(tt_emulator):
    assert tt_emulator.requests() == []
    save(tt_emulator, player="alice")
    save(tt_emulator, player="bob")
    (exchange,) = tt_emulator.requests(player="bob")
    assert exchange["options"] == PAIRS

def test_wait_for(tt_emulator):
    from threading import Timer
    Timer(0.01, save, [tt_emulator]).start()
    assert tt_emulator.wait_for("setUserCloudStorage").count == 1
    assert not tt_emulator.wait_for("setUserCloudStorage", 2, timeout_ms=1, check=False)

def test_wait_for_fails_by_itself(tt_emulator):
    tt_emulator.call("login")
    with pytest.raises(AssertionError, match="wanted at least 2, found 0\\n#1 login: api is login"):
        tt_emulator.wait_for("setUserCloudStorage", 2, timeout_ms=1)
    with pytest.raises(AssertionError, match="wanted exactly 1, found 0"):
        tt_emulator.verify(1, api="setUserCloudStorage")

def test_assert_called(tt_emulator):
    from tt_emulator.errors import Refused
    save(tt_emulator, player="alice")
    save(tt_emulator, player="bob")
    tt_emulator.assert_called()
    tt_emulator.assert_called("setUserCloudStorage", count=2)
    tt_emulator.assert_called("setUserCloudStorage", 1, player="bob", ok=True)
    tt_emulator.assert_called("login", count=0)
    with pytest.raises(Refused, match="unknown API 'logn'; did you mean login"):
        tt_emulator.assert_called("logn", count=0)
    with pytest.raises(Refused, match="unknown error 'server-eror'"):
        tt_emulator.assert_called(error="server-eror", count=0)

def test_snapshot(tt_emulator):
    tt_emulator.player("alice", KVDataList=[{"key": "score", "value": "9"}])
    tt_emulator.snapshot()
    tt_emulator.player("alice", KVDataList=[])
    empty = tt_emulator.snapshot("empty")
    tt_emulator.restore()
    assert tt_emulator.player("alice").saved() == {"score": "9"}
    tt_emulator.restore(empty)
    assert tt_emulator.player("alice").saved() == {}

def test_a_world_as_one_file(tt_emulator, tmp_path):
    tt_emulator.player("小明", KVDataList=[{"key": "score", "value": "9"}])
    document = tt_emulator.export_world(tmp_path / "world.json")
    tt_emulator.reset(["data"])
    tt_emulator.import_world(tmp_path / "world.json")
    assert tt_emulator.player("小明").saved() == {"score": "9"}
    tt_emulator.import_world({"schema": 1, "players": []})
    assert tt_emulator.players() == []
    tt_emulator.import_world(document)
    assert tt_emulator.export_world() == document

def test_page(tt_emulator):
    from urllib.parse import quote
    world, url = tt_emulator.world, quote(tt_emulator.url, safe="")
    assert tt_emulator.page("http://localhost:7456/") == (
        f"http://localhost:7456/?tt-world={world}&tt-url={url}"
    )
    assert tt_emulator.page("http://x/?a=1&b#top", player="小明") == (
        f"http://x/?a=1&b&tt-world={world}&tt-player=%E5%B0%8F%E6%98%8E&tt-url={url}#top"
    )
    again = tt_emulator.page(tt_emulator.page("http://x/?tt%2Dworld=other", player="a&b"), "c=d")
    assert again == f"http://x/?tt-world={world}&tt-player=c%3Dd&tt-url={url}"
""")

    result.assert_outcomes(passed=12)


def test_assert_called_fails_with_what_differed(suite: Suite) -> None:
    result = suite("""
def test_it(tt_emulator):
    tt_emulator.call("login")
    tt_emulator.assert_called("setUserCloudStorage", 2)
""")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["E *wanted exactly 2, found 0", "E *#1 login: api is login, not setUserCloudStorage"]
    )


def test_tries_without_a_pause_fail_with_their_gap_and_the_report_has_the_times(
    suite: Suite,
) -> None:
    result = suite("""
def test_it(tt_emulator):
    tt_emulator.fail("network-unavailable", times=1)
    save(tt_emulator)
    save(tt_emulator)
    assert tt_emulator.wait_for("setUserCloudStorage", 2, max_gap_ms=[80_000_000]).gaps_ms
    tt_emulator.assert_called("setUserCloudStorage", count=2, min_gap_ms=80_000_000)
""")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "E *gap 1, from #1 to #2: * ms, wanted at least 80000000 ms *",
            "*- tt-emulator: times of the calls, seed 1 -*",
            "#1 +0 ms",
            "#2 +* ms, * ms after the answer to #1",
        ]
    )


def test_a_refusal_tells_what_to_do(suite: Suite) -> None:
    result = suite("""
def test_it(tt_emulator):
    tt_emulator.fail("network-unavailble")
""")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["E *did you mean network-unavailable?", "E *Nothing was armed; *lists what can be."]
    )


@pytest.mark.parametrize(
    ("test", "world"),
    [
        ("test_a_save[网络-x]", "a-save-x"),
        ("test_" + "long_" * 30, "long-" * 8),
        ("test_中文", ""),
    ],
)
def test_a_world_is_named_after_its_test(test: str, world: str) -> None:
    from tt_emulator.pytest_plugin.world import new_name
    from tt_emulator.world.registry import check_name

    first, second = new_name(test), new_name(test)

    assert first != second
    assert first.startswith(world)
    check_name(first)


def test_the_world_can_be_named_by_an_override(suite: Suite) -> None:
    result = suite(
        "def test_it(tt_emulator): assert tt_emulator.world == 'mine'",
        conftest="import pytest\n@pytest.fixture\ndef tt_emulator_world(): return 'mine'",
    )

    result.assert_outcomes(passed=1)


def names(fixture: Any) -> set[str]:
    return {name for name in dir(fixture) if not name.startswith("_")}


def test_it_has_all_verbs_of_the_client() -> None:
    from tt_emulator.client import Client
    from tt_emulator.pytest_plugin.world import TTEmulator

    assert names(Client) < names(TTEmulator)
    assert {"fail", "player", "assert_called", "snapshot", "restore"} <= names(TTEmulator)
