"""Each shipped world, as the server takes it, has in it what it is there for."""

import json
from pathlib import Path
from typing import Any
from unicodedata import bidirectional, category, name

import pytest
from jsonschema import Draft202012Validator

from harness import Bench
from tt_emulator.domain.document import json_schema
from tt_emulator.platforms import DEFAULT, PLATFORMS, load

FOLDER = Path(__file__).parent.parent / "fixtures" / "worlds"
FILES = sorted(FOLDER.glob("*.json"))
SCHEMAS = {"tt": "world.schema.json", "wx": "world-wx.schema.json"}


def loaded(world: str, platform: str = DEFAULT.name) -> Bench:
    bench = Bench(platform=load(PLATFORMS[platform]))
    bench.world.document.replace((FOLDER / f"{world}.json").read_bytes())
    return bench


def schema_of(platform: str) -> dict[str, Any]:
    return json_schema(load(PLATFORMS[platform]).document.WorldDocument)


def ranked(bench: Bench, group: str, key: str) -> list[tuple[str, int]]:
    """The rows of a group's board, each with its score."""
    extra = {"sortKey": key, "groupId": group}
    options = {"type": "group", "keyList": [key], "extra": extra}
    rows = bench.call("getCloudStorageByRelation", options, domain="open")["data"]
    return [
        (row["openid"], json.loads(row["KVDataList"][0]["value"])["ttgame"]["score"])
        for row in rows
    ]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_schema_beside_them_is_that_of_the_format(platform: str) -> None:
    text = json.dumps(schema_of(platform), ensure_ascii=False, indent=2) + "\n"
    beside = FOLDER.parent / SCHEMAS[platform]

    assert beside.read_text(encoding="utf-8") == text, "run .ci/generate"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_world_is_as_its_schema_wants_and_tells_editors_where_that_is(file: Path) -> None:
    document = json.loads(file.read_text(encoding="utf-8"))
    platform = document.get("platform", DEFAULT.name)
    schema = schema_of(platform)

    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(document)) == []
    assert (file.parent / document["$schema"]).resolve() == FOLDER.parent / SCHEMAS[platform]


def test_each_world_has_its_test_here() -> None:
    tests = [each for each in globals() if each.startswith("test_world_")]

    assert sorted(each.removeprefix("test_world_").replace("_", "-") for each in tests) == [
        file.stem for file in FILES
    ]


def test_world_small() -> None:
    bench = loaded("small")

    assert ranked(bench, "g", "score") == [("alice", 20), ("player-1", 10)]
    assert bench.call("checkSession", player="bob") == {"errMsg": "checkSession:fail"}
    assert [len(row["KVDataList"]) for row in friends(bench)] == [1, 1, 0]


def test_world_thirty_friends() -> None:
    bench = loaded("thirty-friends")
    me, *others = friends(bench)
    pairs = {row["nickname"]: row["KVDataList"] for row in others}

    assert me["isMe"]
    assert len(others) == len({row["avatarUrl"] for row in others}) == 30
    assert pairs["从未玩过"] == []
    assert pairs["旧格式"] == [{"key": "score", "value": "1234"}]
    assert {kind for nickname in pairs for kind in kinds(nickname)} >= {"CJK", "So", "AL"}
    for group, wrote in (("class-1", 15), ("class-2", 14)):
        scores = [score for _, score in ranked(bench, group, "score")]
        times = [score for _, score in ranked(bench, group, "time_ms")]
        assert len(scores) == wrote  # who has the old format stands on no board
        assert scores == sorted(scores, reverse=True)
        assert len(set(scores)) < wrote
        assert times == sorted(times)
        assert len(times) > 3


def test_the_friends_of_world_thirty_friends_have_played_the_demo() -> None:
    bench = loaded("thirty-friends")
    scores = [
        score for group in ("class-1", "class-2") for _, score in ranked(bench, group, "stack_best")
    ]

    assert len(scores) == 28
    assert max(scores) == 40


def test_the_old_format_in_world_thirty_friends_is_none_that_a_game_could_write() -> None:
    bench = loaded("thirty-friends")

    assert bench.save({"score": "1234"}, player="friend-30")["errorCode"] == 108002
    assert bench.saved("score", player="friend-30") == {"score": "1234"}


def test_of_equal_scores_in_world_thirty_friends_the_earlier_comes_first() -> None:
    board = ranked(loaded("thirty-friends"), "class-1", "score")

    assert [openid for openid, score in board if score == 1500] == ["friend-17", "player-1"]


def test_the_players_of_world_thirty_friends_stand_on_the_boards_of_today() -> None:
    bench = loaded("thirty-friends")
    for data_type, best in ((0, "3200"), (1, "王者")):
        options = {"relationType": "friend", "dataType": data_type, "rankType": "day"}
        board = bench.call("getImRankData", {**options, "pageNum": 1, "pageSize": 10})["data"]
        assert board["items"][0]["value"] == best
        assert board["self_item"]["rank"] > 1


def test_world_wechat_friends() -> None:
    bench = loaded("wechat-friends", "wx")

    def rows(api: str, **options: Any) -> dict[str, Any]:
        answer = bench.call(api, {"keyList": ["score"], **options}, domain="open")
        return {row["openid"]: row["KVDataList"] for row in answer["data"]}

    asked = bench.world.players.get("player-1").scopes
    board = rows("getFriendCloudStorage")
    group = rows("getGroupCloudStorage", groupid="class-group")

    assert set(asked.values()) == {"undetermined"}
    assert next(iter(board)) == "player-1"
    assert len(board) == 10
    assert "never-played" not in board
    assert board["old-format"] == [{"key": "score", "value": "1234"}]
    assert "classmate" in group
    assert "bob" not in group


def friends(bench: Bench) -> Any:
    options = {"type": "friend", "keyList": ["score"]}
    return bench.call("getCloudStorageByRelation", options, domain="open")["data"]


def kinds(text: str) -> set[str]:
    """What stands in the text: Chinese, signs such as emoji, letters from right to left."""
    scripts = {name(letter, "").partition(" ")[0] for letter in text}
    return scripts | set(map(category, text)) | set(map(bidirectional, text))
