import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from harness import Bench
from tt_emulator.errors import BadRequest, StorageError, Unprocessable
from tt_emulator.platforms.tt.document import WorldDocument, json_schema
from tt_emulator.storage.disk.tinydb_json import TinyDBStorage
from tt_emulator.storage.memory import MemoryWorld
from tt_emulator.world import Worlds

ALICE = {"openid": "alice", "KVDataList": [{"key": "a", "value": "1"}]}


def exported(world):
    return b"".join(world.document.export()).decode()


def replace(world, **document):
    world.document.replace(json.dumps({"schema": 1} | document).encode())


def test_a_world_is_a_document_that_reads_line_by_line(bench):
    bench.world.players.put("小明", {"nickname": "小明", "friends": ["bob"], "session": "expired"})
    bench.save({"b": "{}", "a": "值"}, player="bob")
    bench.world.move_clock({"set": 5_000, "freeze": True})
    bench.world.set({"ranking_keys": {"score": "desc"}})

    lines = exported(bench.world).splitlines()

    begin = lines.index('  "clock": {')
    assert lines[begin:] == [
        '  "clock": {',
        '    "frozen_at": "1970-01-01T00:00:05.000Z"',
        "  },",
        '  "players": [',
        "    {",
        '      "openid": "bob",',
        '      "KVDataList": [',
        '        {"key": "a", "value": "值", "at": "2023-11-14T22:13:20.000Z", "order": 2},',
        '        {"key": "b", "value": "{}", "at": "2023-11-14T22:13:20.000Z", "order": 2}',
        "      ]",
        "    },",
        "    {",
        '      "openid": "小明",',
        '      "friends": [',
        '        "bob"',
        "      ],",
        '      "nickname": "小明",',
        '      "session": "expired",',
        '      "KVDataList": []',
        "    }",
        "  ]",
        "}",
    ]


def test_an_empty_world_is_a_document_too(bench):
    document = json.loads(exported(bench.world))

    assert (document["schema"], document["players"]) == (1, [])
    replace(bench.world, players=[])
    assert bench.world.players.openids() == []


def test_what_was_exported_is_the_same_world_elsewhere(bench):
    bench.world.players.put("bob", {"group": "g", "account": "out", "network": "offline"})
    bench.world.players.put("alice", {"group": "g", "KVDataList": [{"key": "a", "value": "1"}]})
    bench.save({"a": "2"}, player="alice")
    bench.world.set({"host": {"appName": "Toutiao"}, "ranking_keys": {"a": "asc"}})
    bench.world.move_clock({"advance_s": 86_400})
    there = bench.engine.worlds.open("there")

    there.document.replace(exported(bench.world).encode())

    assert exported(there) == exported(bench.world)
    assert there.settings == bench.world.settings
    assert there.clock.view() == bench.world.clock.view()
    assert [there.players.get(name) for name in there.players.openids()] == [
        bench.world.players.get(name) for name in bench.world.players.openids()
    ]


def test_an_import_takes_the_place_of_what_was(bench):
    bench.save({"old": "1"}, player="bob")
    bench.world.set({"own_data_in_main": False})

    replace(bench.world, players=[ALICE])

    assert bench.world.players.openids() == ["alice"]
    assert bench.world.settings.own_data_in_main
    assert bench.saved("a", player="alice") == {"a": "1"}


def test_a_pair_without_a_time_is_written_at_the_import_by_the_documents_clock(bench):
    replace(bench.world, clock={"frozen_at": "2026-02-01T00:00:00Z"}, players=[ALICE])

    assert bench.world.store.get("alice").pairs["a"].at_ms == 1_769_904_000_000


REFUSED = [
    ({"schema": 2}, "/schema"),
    ({"payers": []}, "/payers"),
    ({"settings": {"fail_object": "none"}}, "/settings/fail_object"),
    ({"settings": {"host": {"unsupported": ["x"]}}}, "/settings/host/unsupported/0"),
    ({"clock": {"frozen_at": "noon"}}, "/clock/frozen_at"),
    ({"players": {}}, "/players"),
    ({"players": [ALICE, {}]}, "/players/1"),
    ({"players": [{"openid": ""}]}, "/players/0/openid"),
    ({"players": [{"openid": "a\nb"}]}, "/players/0/openid"),
    ({"players": [{"openid": "a\n"}]}, "/players/0/openid"),
    ({"players": [ALICE, ALICE]}, "/players/1/openid"),
    ({"players": [ALICE | {"nick": "A"}]}, "/players/0/nick"),
    ({"players": [ALICE | {"friends": [1]}]}, "/players/0/friends/0"),
    ({"players": [{"openid": "a", "friends": ["b", "名" * 43]}]}, "/players/0/friends/1"),
    (
        {"players": [{"openid": "a", "account": "out", "session": "valid"}]},
        "/players/0/session",
    ),
    (
        {"players": [{"openid": "a", "KVDataList": [{"key": "k", "value": 1}]}]},
        "/players/0/KVDataList/0/value",
    ),
    (
        {"players": [{"openid": "a", "KVDataList": [{"key": "k" * 129, "value": ""}]}]},
        "/players/0/KVDataList",
    ),
    (
        {"players": [{"openid": "a", "KVDataList": [{"key": "k", "value": "", "at": "x"}]}]},
        "/players/0/KVDataList/0/at",
    ),
    (
        {"players": [{"openid": "a", "KVDataList": [{"key": "k", "value": ""}] * 2}]},
        "/players/0/KVDataList/1/key",
    ),
]
BEYOND_SCHEMA = {
    "/settings/host/unsupported/0": "it does not know the catalog",
    "/players/1/openid": "it sees one player at a time",
    "/players/0/session": "it sees one field at a time",
    "/players/0/friends/1": "it counts characters, not bytes",
    "/players/0/KVDataList": "it counts characters, not bytes",
    "/players/0/KVDataList/1/key": "it sees one pair at a time",
    "/clock/frozen_at": "a format is a remark to most validators",
    "/players/0/KVDataList/0/at": "as above",
}


@pytest.mark.parametrize(("document", "pointer"), REFUSED)
def test_a_document_that_cannot_be_is_refused_and_nothing_changes(bench, document, pointer):
    bench.save({"kept": "1"}, player="carol")
    before = exported(bench.world)

    with pytest.raises(Unprocessable) as caught:
        replace(bench.world, **document)

    assert caught.value.flaws[0].pointer == pointer
    assert exported(bench.world) == before


@pytest.mark.parametrize(("document", "pointer"), REFUSED)
def test_an_editor_that_goes_by_the_schema_sees_it_too(document, pointer):
    errors = list(Draft202012Validator(json_schema()).iter_errors({"schema": 1} | document))

    assert bool(errors) == (pointer not in BEYOND_SCHEMA)


DEEP = b"[" * 100_000 + b"]" * 100_000


@pytest.mark.parametrize(
    "text",
    [
        b'{"schema": 1, "players": %b}' % DEEP,
        b'{"schema": 1, "players": [{"openid": "a", "friends": %b}]}' % DEEP,
        b'{"schema": 1, "players": [{"openid": "a", "nickname": "\xff"}]}',
        b'{"schema": 1, "players": [{"openid": "a", "nickname": "\xed\xa0\x80"}]}',
        b'{"schema": 1, "players": [{"openid": "a", "nickname": "\\ud800"}]}',
        b'{"schema": 1, "players": [{"openid": "a"}',
        b'{"schema": 1, "schema": 1}',
        b'{"schema": 1, "players": [{"openid": "a"}], "players": []}',
        b'{"schema": 1, "clock": {"offset_ms": 1, "offset_ms": 1}}',
        b'{"schema": 1, "players": [{"openid": "a", "openid": "b"}]}',
        b'{"schema": 1, "players": [{"openid": "a", "KVDataList": [{"key": "k", "key": "l"}]}]}',
    ],
)
def test_what_is_no_json_is_told_as_that_whatever_keeps_the_world(bench, tmp_path, text):
    on_disk = TinyDBStorage(tmp_path / "data")
    worlds = Worlds(on_disk, bench.platform, bench.clock)

    for world in (bench.world, worlds.open("default")):
        with pytest.raises(BadRequest, match="The world is no JSON"):
            world.document.replace(text)

    on_disk.close()


def test_a_player_whom_no_call_could_name_is_refused(bench):
    with pytest.raises(Unprocessable, match="128 bytes") as caught:
        replace(bench.world, players=[ALICE, {"openid": "名" * 43}])

    assert caught.value.flaws[0].pointer == "/players/1/openid"


def test_what_a_game_could_not_write_can_be_imported(bench):
    old = {"openid": "a", "KVDataList": [{"key": "score", "value": "12", "group": "g"}]}
    replace(bench.world, settings={"ranking_keys": {"score": "desc"}}, players=[old])

    assert bench.saved("score", player="a") == {"score": "12"}
    assert bench.save({"score": "12"}, player="a")["errorCode"] == 108002


RESULT = {"dataType": 0, "value": "7"}


@pytest.mark.parametrize(
    ("results", "pointer"),
    [
        ([RESULT | {"dataType": 2}], "/players/0/imRankData/0/dataType"),
        ([RESULT | {"value": "-1"}], "/players/0/imRankData/0/value"),
        ([RESULT, RESULT], "/players/0/imRankData/1"),
        ([RESULT | {"zoneId": ""}], "/players/0/imRankData/0/zoneId"),
        ([RESULT | {"extra": "é" * 65}], "/players/0/imRankData/0/extra"),
    ],
)
def test_a_result_that_nobody_could_write_is_refused(bench, results, pointer):
    with pytest.raises(Unprocessable) as caught:
        replace(bench.world, players=[{"openid": "a", "imRankData": results}])

    assert caught.value.flaws[0].pointer == pointer


def test_results_of_leaderboards_are_exported_with_their_times(bench):
    bench.call("setImRankData", {"dataType": 1, "value": "金", "priority": 3, "zoneId": "z"})
    (player,) = json.loads(exported(bench.world))["players"]

    assert player["imRankData"] == [
        {
            "dataType": 1,
            "value": "金",
            "priority": 3,
            "zoneId": "z",
            "extra": "",
            "at": "2023-11-14T22:13:20.000Z",
            "order": 1,
        }
    ]
    there = bench.engine.worlds.open("there")
    there.document.replace(exported(bench.world).encode())
    assert exported(there) == exported(bench.world)


@pytest.mark.parametrize("on_disk", [False, True])
def test_what_began_with_the_largest_order_can_be_imported_after_more_writes(
    tmp_path, bench, on_disk
):
    storage = TinyDBStorage(tmp_path) if on_disk else bench.storage
    bench.engine.worlds = Worlds(storage, bench.platform, bench.clock)
    pair = {"key": "a", "value": "1", "order": 10**12}
    result = RESULT | {"order": 10**12}
    replace(
        bench.world, players=[{"openid": "alice", "KVDataList": [pair], "imRankData": [result]}]
    )
    for value in ("1", "2"):
        bench.save({"b": value}, player="bob")
        bench.call("setImRankData", {"dataType": 0, "value": value}, player="bob")
    bench.world.players.put("carol", {"KVDataList": [{"key": "c", "value": "1"}]})

    text = exported(bench.world)
    bench.world.document.replace(text.encode())

    assert exported(bench.world) == text
    assert bench.saved("b", player="bob") == {"b": "2"}
    storage.close()


@pytest.mark.parametrize("order", [-1, 10**12 + 1, 1.5])
def test_an_order_that_no_export_has_is_refused(bench, order):
    pair = {"key": "a", "value": "1", "order": order}

    with pytest.raises(Unprocessable) as caught:
        replace(bench.world, players=[{"openid": "alice", "KVDataList": [pair]}])

    assert caught.value.flaws[0].pointer == "/players/0/KVDataList/0/order"


def test_a_player_with_a_flaw_of_writing_is_told_by_number(bench):
    with pytest.raises(BadRequest, match="no JSON: /players/1: an object has the same key twice"):
        bench.world.document.replace(
            b'{"schema": 1, "players": [{"openid": "a"}, {"openid": "b", "openid": "c"}]}'
        )


def test_what_a_game_may_name_at_any_length_can_be_imported_again(bench):
    bench.call("setUserGroup", {"groupId": "g" * 5000})
    bench.call("setImRankData", {"dataType": 0, "value": "1", "zoneId": "z" * 5000})
    bench.save({"a": "1"})
    text = exported(bench.world)

    bench.world.document.replace(text.encode())

    assert exported(bench.world) == text


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b'{"schema": NaN}', b'{"schema": "\\ud800"}'])
def test_what_is_no_json_is_a_bad_request(bench, text):
    with pytest.raises(BadRequest):
        bench.world.document.replace(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (b'{"schema": 1,\n "players": [,]}', "line 2, column 14"),
        ('{"$schema": "编辑", "schema": oops}'.encode(), "line 1, column 29"),
    ],
)
def test_a_slip_of_the_pen_is_told_with_line_and_column(bench, text, place):
    with pytest.raises(BadRequest) as caught:
        bench.world.document.replace(text)

    assert place in caught.value.detail


def test_the_mark_that_windows_puts_before_a_text_is_passed_over(bench):
    bench.world.document.replace(
        b"\xef\xbb\xbf" + b'{"schema": 1, "players": [{"openid": "alice"}]}'
    )

    assert bench.world.players.openids() == ["alice"]


def test_a_write_that_cannot_be_made_durable_changes_nothing(bench, monkeypatch):
    def refuse(*_, **__):
        raise StorageError("disk full")

    bench.save({"a": "1"})
    monkeypatch.setattr(MemoryWorld, "replace", refuse)

    with pytest.raises(StorageError):
        replace(bench.world, settings={"own_data_in_main": False})
    assert bench.world.settings.own_data_in_main
    assert bench.saved("a") == {"a": "1"}


def test_every_field_of_a_player_that_can_be_set_can_be_imported():
    from tt_emulator.platforms.tt.document import StoredPlayer
    from tt_emulator.platforms.tt.players import PlayerPatch

    settable = set(PlayerPatch.__struct_fields__)
    assert set(StoredPlayer.__struct_fields__) == settable | {"imRankData"}
    assert WorldDocument.__struct_fields__ == (
        "editor_schema",
        "schema",
        "platform",
        "settings",
        "clock",
        "snapshot",
        "players",
    )


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
openids = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


@given(players=st.dictionaries(openids, st.dictionaries(texts, texts, max_size=4), max_size=4))
def test_any_world_survives_the_way_out_and_in(players):
    bench = Bench()
    for openid, pairs in players.items():
        bench.save(pairs, player=openid)
    there = bench.engine.worlds.open("there")

    there.document.replace(exported(bench.world).encode())

    assert exported(there) == exported(bench.world)
    assert {o: bench.saved(*pairs, player=o, world="there") for o, pairs in players.items()} == {
        o: pairs for o, pairs in players.items()
    }
