import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tt_emulator.client import Client
from tt_emulator.faults.kinds import KINDS, NAMED
from tt_emulator.faults.spec import FaultSpec

AT_SAVES = ("--api", "setUserCloudStorage")
SAVE = {"KVDataList": [{"key": "score", "value": "1"}]}
FAILED = {
    "errMsg": "setUserCloudStorage:fail network unavailable",
    "errorCode": 999985,
    "errorType": "U",
}


def save(client: Client, player: str = "alice") -> dict[str, Any]:
    return client.call("setUserCloudStorage", SAVE, player=player)


def test_an_armed_error_is_what_the_game_gets_until_it_is_cleared(
    tt: Callable[..., Any], client: Client
) -> None:
    assert tt("fault", "add", "network-unavailable").out == "armed f1: network-unavailable\n"
    assert save(client) == FAILED
    assert tt("fault", "clear").out == f"nothing is armed in world {client.world}\n"
    assert save(client) == {"errMsg": "setUserCloudStorage:ok"}


CALL = {"api": "setUserCloudStorage", "player": "爱丽丝", "key": "score*", "domain": "open"}
WHEN = {"skip": 1, "times": 2, "probability": 0.5, "ttl_s": 60.5, "moment": "after"}
DEEDS: list[tuple[str, dict[str, Any]]] = [
    ("108002 --detail full", {"error": 108002, "detail": "full"}),
    ("server-error", {"error": "server-error"}),
    ("--wire http_status --status 503", {"wire": "http_status", "status": 503}),
    ("--wire drip --duration-ms 20.5", {"wire": "drip", "duration_ms": 20.5}),
    ("--wire close", {"wire": "close"}),
    ("--client twice", {"client": "twice"}),
    ("--delay-ms 5", {"delay_ms": 5}),
]


@pytest.mark.parametrize(("deed", "requested"), DEEDS)
def test_every_flag_reaches_the_fault(
    tt: Callable[..., Any], client: Client, deed: str, requested: dict[str, Any]
) -> None:
    save(client, CALL["player"])
    requested = requested | CALL | WHEN | {"label": "second save"}
    given = [
        part
        for name, value in (CALL | WHEN).items()
        for part in (f"--{name.replace('_', '-')}", str(value))
    ]
    run = tt("fault", "add", *deed.split(), *given, "--label", "second save", "--json")

    assert (run.code, run.err) == (0, "")
    assert json.loads(run.out).items() >= requested.items()
    assert client.faults() == [json.loads(run.out)]


def test_a_sequence_is_names_codes_wire_kinds_and_ok(
    tt: Callable[..., Any], client: Client
) -> None:
    run = tt("fault", "add", "--sequence", "session-failure, 999985,ok,close", "--delay-ms", "0.5")

    assert run.out == "armed f1: delay 0.5 ms + session-failure, 999985, ok, close\n"
    assert client.faults()[0]["sequence"] == ["session-failure", 999985, "ok", "close"]


def test_every_third_save_fails(tt: Callable[..., Any], client: Client) -> None:
    run = tt("fault", "add", "--sequence", "ok,ok,999985", "--loop", "--times", "2", *AT_SAVES)

    assert run.out == "armed f1: ok, ok, 999985 (again and again)\n"
    assert [save(client).get("errorCode") for _ in range(3)] == [None, None, 999985]
    (fault,) = client.faults()
    assert (fault["loop"], fault["remaining"]) == (True, 1)


def test_a_reply_of_ones_own_is_json(tt: Callable[..., Any], client: Client) -> None:
    reply = {"errMsg": "setUserCloudStorage:fail 忙", "n": [1.5]}

    run = tt("fault", "add", "--reply", json.dumps(reply), *AT_SAVES)

    assert run.out == "armed f1: reply setUserCloudStorage:fail 忙 (undocumented)\n"
    assert save(client) == reply


def test_a_reply_to_a_backend_has_any_fields(tt: Callable[..., Any], client: Client) -> None:
    run = tt("fault", "add", "--reply", '{"error": 2}', "--api", "set_user_storage")

    assert run.out == 'armed f1: reply {"error": 2} (undocumented)\n'
    assert client.faults()[0]["reply"] == {"error": 2}


@pytest.mark.parametrize("given", ["{", "{'a': 1}", '{"a": 1, "a": 2}', "NaN"])
def test_a_reply_that_is_no_json_is_a_usage_error(
    tt: Callable[..., Any], client: Client, given: str
) -> None:
    run = tt("fault", "add", "--reply", given, *AT_SAVES)

    assert (run.code, run.out) == (2, "")
    assert "it is not JSON" in run.err


def test_what_the_list_prints_is_loaded(
    tt: Callable[..., Any], client: Client, tmp_path: Path
) -> None:
    reply = {"errMsg": "setUserCloudStorage:ok", "n": None}
    client.arm(
        [
            {"reply": reply, "api": "setUserCloudStorage", "moment": "after", "times": 1},
            {"sequence": ["ok", 999985], "loop": True, "times": 3},
            {"delay_ms": {"min": 0, "max": 1}},
        ]
    )
    save(client)
    printed = tt("fault", "list", "--json").out
    path = tmp_path / "faults.json"
    path.write_text(printed, encoding="utf-8")

    assert tt("fault", "load", str(path)).code == 0

    account = {"id", "armed_at", "expires_at", "matched", "hits", "remaining", "completed"}
    account |= {"near_miss"}
    before = json.loads(printed)["faults"]
    assert [
        {name: value for name, value in fault.items() if name not in account}
        for fault in client.faults()
    ] == [{name: value for name, value in fault.items() if name not in account} for fault in before]
    assert [fault["hits"] for fault in client.faults()] == [0, 0, 0]


@pytest.mark.parametrize(
    "given",
    [
        "",
        "--api login",
        "999985 --wire close",
        "--wire close --client twice",
        "a --sequence b",
        "a --reply {}",
    ],
)
def test_a_fault_does_exactly_one_thing(tt: Callable[..., Any], client: Client, given: str) -> None:
    run = tt("fault", "add", *given.split())

    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(
        "error: Give exactly one of ERROR, --wire, --client, --sequence and --reply,"
    )


def reading(field: str) -> list[str]:
    return [kind.name for kind in KINDS if kind.name and field in kind.fields]


OF_KINDS = {
    "--wire KIND Break the transport: {}.": NAMED["wire"],
    "--client KIND Have the game's runtime misbehave: {}.": NAMED["client"],
    "--status INTEGER HTTP status, for {}. [default: 500]": reading("status"),
    "--duration-ms NUMBER How long it takes, for {}.": reading("duration_ms"),
}


@pytest.mark.parametrize("line", OF_KINDS)
def test_the_help_names_every_kind_that_a_flag_is_for(tt: Callable[..., Any], line: str) -> None:
    shown = " ".join(tt("fault", "add", "--help").out.split())

    assert f" {line.format(', '.join(OF_KINDS[line]))} -" in shown


def test_the_help_names_the_kinds_in_chinese_as_well(tt: Callable[..., Any]) -> None:
    shown = "".join(tt("--lang", "zh", "fault", "add", "--help").out.split())

    for family, words in {"wire": "破坏传输", "client": "让游戏运行环境行为异常"}.items():
        assert f"{words}：{','.join(NAMED[family])}。" in shown


def test_a_kind_that_is_new_is_named_by_itself(
    tt: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    class MadeUp(NAMED["wire"]["hang"]):
        name = "made_up"

    monkeypatch.setattr("tt_emulator.faults.kinds.KINDS", (*KINDS, MadeUp))
    shown = " ".join(tt("fault", "add", "--help").out.split())

    assert f"transport: {', '.join(NAMED['wire'])}, made_up." in shown
    assert f"takes, for {', '.join(reading('duration_ms'))}, made_up." in shown


def test_each_field_of_a_fault_has_its_flag(tt: Callable[..., Any]) -> None:
    shown = set(re.findall(r"^  --([\w-]+)", tt("fault", "add", "--help").out, re.MULTILINE))
    given = {field.replace("_", "-") for field in FaultSpec.__struct_fields__} - {"error"}

    assert shown == given | {"json", "url", "world", "token", "platform", "lang"}


def test_several_apis_make_a_list(tt: Callable[..., Any], client: Client) -> None:
    tt(
        *("fault", "add", "internal-error"),
        *("--api", "setUserCloudStorage", "--api", "getUserCloudStorage"),
    )

    assert client.faults()[0]["api"] == ["setUserCloudStorage", "getUserCloudStorage"]


def test_without_an_error_a_delay_only_delays(tt: Callable[..., Any], client: Client) -> None:
    assert tt("fault", "add", "--delay-ms", "1").out == "armed f1: delay 1 ms\n"
    assert save(client) == {"errMsg": "setUserCloudStorage:ok"}
    assert client.faults()[0]["hits"] == 1


def test_the_list_shows_what_is_armed_and_what_it_did(
    tt: Callable[..., Any], client: Client
) -> None:
    tt("fault", "add", "999985", "--player", "爱丽丝", "--times", "2", "--label", "弱网")
    tt("fault", "add", "--delay-ms", "1", "--api", "login", "--skip", "3")
    save(client, player="爱丽丝")

    assert tt("fault", "list").out == (
        "ID  WHAT        WHEN              HITS  LEFT       LABEL  NEAR MISS\n"
        "f1  999985      player=爱丽丝     1     1          弱网   -\n"
        "f2  delay 1 ms  api=login skip=3  0     unlimited  -      "
        "api did not match: the calls were setUserCloudStorage 1\n"
    )


SHOWN = [
    ({"error": "server-error", "detail": "满"}, "server-error (满)", "any call that documents it"),
    ({"sequence": ["ok", "hang", 999985]}, "ok, hang, 999985", "any call that documents it"),
    ({"sequence": ["ok", "hang"]}, "ok, hang", "any call"),
    (
        {"sequence": ["ok", "session-failure"], "loop": True, "api": "checkSession"},
        "ok, session-failure (again and again)",
        "api=checkSession",
    ),
    (
        {"reply": {"errMsg": "login:fail 忙", "x": 1}, "api": "login"},
        "reply login:fail 忙 (undocumented)",
        "api=login",
    ),
    ({"wire": "http_status", "status": 503}, "http_status 503", "any call"),
    ({"wire": "hang", "duration_ms": 9.5}, "hang 9.5 ms", "any call"),
    ({"client": "never"}, "client never", "any call"),
    ({"delay_ms": {"min": 1, "max": 2.5}}, "delay 1 to 2.5 ms", "any call"),
    (
        {"delay_ms": {"median": 9, "sigma": 1, "max": 99}, "client": "twice"},
        "delay about 9 to 99 ms + client twice",
        "any call",
    ),
    (
        {"wire": "close", "api": ["login", "checkSession"], "probability": 0.25},
        "close",
        "api=login,checkSession probability=0.25",
    ),
    (
        {"wire": "close", "key": "a*", "domain": "open", "moment": "after"},
        "close",
        "key=a* domain=open moment=after",
    ),
]


@pytest.mark.parametrize(("spec", "what", "when"), SHOWN)
def test_every_clause_that_says_something_is_shown(
    tt: Callable[..., Any], client: Client, spec: dict[str, Any], what: str, when: str
) -> None:
    client.arm(spec)

    assert re.split("  +", tt("fault", "list").out.splitlines()[1])[1:3] == [what, when]


def test_a_fault_that_ends_tells_when_on_the_clock_of_the_wall(
    tt: Callable[..., Any], client: Client
) -> None:
    ends = datetime.fromisoformat(client.arm({"delay_ms": 1, "ttl_s": 60})["expires_at"])

    assert f" until={ends.astimezone():%H:%M:%S} " in tt("fault", "list").out


def scenario(folder: Path, content: Any) -> str:
    file = folder / "弱网.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return str(file)


def test_a_scenario_takes_the_place_of_what_is_armed(
    tt: Callable[..., Any], client: Client, tmp_path: Path
) -> None:
    client.fault(error="session-failure")
    faults = [{"delay_ms": 1}, {"error": 999985, "times": 1}]
    name = {"en": "Weak network", "zh": "弱网"}
    run = tt("fault", "load", scenario(tmp_path, {"name": name, "faults": faults}))

    assert run == (0, "armed 2 faults of Weak network (弱网)\n  f2: delay 1 ms\n  f3: 999985\n", "")
    assert save(client) == FAILED


def test_a_scenario_that_is_loaded_again_does_the_same_again(
    tt: Callable[..., Any], client: Client, tmp_path: Path
) -> None:
    file = scenario(tmp_path, [{"error": "network-unavailable", "probability": 0.5}])

    def outcomes() -> list[bool]:
        tt("fault", "load", file)
        return [save(client) == FAILED for _ in range(20)]

    first = outcomes()
    assert first == outcomes()
    assert len(set(first)) == 2


def test_a_loaded_scenario_as_json_is_what_the_server_armed(
    tt: Callable[..., Any], client: Client, tmp_path: Path
) -> None:
    run = tt("fault", "load", scenario(tmp_path, [{"delay_ms": 1}]), "--json")

    assert json.loads(run.out) == {"faults": client.faults()}


def test_a_scenario_without_a_name_goes_by_its_file(
    tt: Callable[..., Any], client: Client, tmp_path: Path
) -> None:
    file = scenario(tmp_path, {"faults": []})

    assert tt("fault", "load", file).out == f"armed 0 faults of {file}\n"


def test_a_scenario_that_is_none_is_refused_by_its_name_and_nothing_changes(
    tt: Callable[..., Any], client: Client, tmp_path: Path
) -> None:
    client.fault(error="session-failure")
    run = tt("fault", "load", scenario(tmp_path, {"fault": []}))

    assert (run.code, run.out, len(client.faults())) == (2, "", 1)
    assert "弱网.json cannot be used: /fault: unknown field" in run.err


def test_a_scenario_with_a_fault_that_cannot_be_changes_nothing(
    tt: Callable[..., Any], client: Client, tmp_path: Path
) -> None:
    client.fault(error="session-failure")
    run = tt("fault", "load", scenario(tmp_path, [{"delay_ms": 1}, {"error": "x"}]))

    assert (run.code, run.out, len(client.faults())) == (7, "", 1)
    assert run.err.startswith("error: /1/error: unknown error 'x'")


def test_the_list_as_json_is_what_the_server_says(tt: Callable[..., Any], client: Client) -> None:
    tt("fault", "add", "session-failure")

    assert json.loads(tt("fault", "list", "--json").out) == {"faults": client.faults()}


def test_an_empty_list_says_so(tt: Callable[..., Any], client: Client) -> None:
    client.disarm_all()

    assert tt("fault", "list").out == "nothing is armed\n"


def test_one_fault_is_disarmed_by_its_id(tt: Callable[..., Any], client: Client) -> None:
    client.arm([{"error": "session-failure"}, {"error": "internal-error"}])

    assert tt("fault", "rm", "f1").out == "disarmed f1\n"
    assert [fault["id"] for fault in client.faults()] == ["f2"]


def test_a_fault_is_moved_to_the_front_by_its_id(tt: Callable[..., Any], client: Client) -> None:
    client.replace([{"error": "session-failure"}, {"error": "internal-error"}, {"delay_ms": 1}])
    one, other, last = (fault["id"] for fault in client.faults())

    run = tt("fault", "order", last, other)

    assert [line.split()[0] for line in run.out.splitlines()] == ["ID", last, other, one]
    assert [fault["id"] for fault in client.faults()] == [last, other, one]
    assert tt("fault", "order", "f0").code == 7


def test_an_unknown_error_is_refused_with_the_nearest_names_and_nothing_is_armed(
    tt: Callable[..., Any], client: Client
) -> None:
    client.disarm_all()
    run = tt("fault", "add", "network-unavailabel")

    assert run.code == 7
    assert run.out == ""
    assert run.err.startswith("error: ")
    assert "unknown error 'network-unavailabel'; did you mean network-unavailable?" in run.err
    assert "\nhint: " in run.err


def test_a_negative_count_is_refused_by_the_server(tt: Callable[..., Any], client: Client) -> None:
    client.disarm_all()

    assert tt("fault", "add", "999985", "--times", "-1").code == 7


def test_an_id_that_is_not_armed_is_refused(tt: Callable[..., Any], client: Client) -> None:
    client.disarm_all()

    assert tt("fault", "rm", "f9").code == 7


def test_a_label_cannot_steer_the_terminal(tt: Callable[..., Any], client: Client) -> None:
    client.arm({"error": "session-failure", "label": "\x1b[2Jgone\nnext"})

    assert r"  \x1b[2Jgone\nnext  " in tt("fault", "list").out


def test_a_scenario_that_comes_with_the_emulator_goes_by_its_name(
    tt: Callable[..., Any], client: Client
) -> None:
    assert tt("fault", "load", "storage-full").code == 0
    assert client.faults()

    run = tt("fault", "load", "storage-ful")
    assert run.code == 2
    assert "comes with the emulator: everything-down, expired-session, " in run.err


def test_what_is_armed_is_saved_under_a_name_and_loaded_by_it(
    tt: Callable[..., Any], client: Client, tmp_path: Path
) -> None:
    client.replace([{"delay_ms": 1}, {"error": "session-failure", "times": 2}])
    assert tt("fault", "save", "慢网").out == "saved 2 faults as 慢网\n"
    client.disarm_all()

    assert tt("fault", "load", "慢网").out.startswith("armed 2 faults of 慢网\n")

    assert [fault["times"] for fault in client.faults()] == [None, 2]
    printed = tt("fault", "save", "慢网", "--json").out
    file = scenario(tmp_path, json.loads(printed))
    assert tt("fault", "load", file).code == 0
    client.delete_scenario("慢网")
    assert tt("fault", "load", "慢网").code == 2


def test_a_name_that_is_taken_and_nothing_armed_are_refused_in_words(
    tt: Callable[..., Any], client: Client
) -> None:
    refused = tt("fault", "save", "mine")
    assert (refused.code, "There is no fault to save." in refused.err) == (7, True)
    client.arm({"delay_ms": 1})
    refused = tt("fault", "save", "storage-full")
    assert (refused.code, "comes with the emulator" in refused.err) == (7, True)


def remark(name: str, client: Client, meant: str = "") -> str:
    unseen = (
        f"No player '{name}' was seen in world '{client.world}' yet:"
        " the fault strikes once one of that name calls."
    )
    return f"{unseen} Did you mean {meant}?\n" if meant else f"{unseen}\n"


def test_a_fault_for_a_player_whom_nobody_has_seen_is_armed_with_a_remark(
    tt: Callable[..., Any], client: Client
) -> None:
    client.call("login", player="bob")
    run = tt("fault", "add", "server-error", "--player", "bobb")
    far = tt("fault", "add", "server-error", "--player", "小明", "--json")

    assert (run.code, run.err) == (0, remark("bobb", client, "bob"))
    assert run.out.startswith("armed f1: ")
    assert (far.code, far.err) == (0, remark("小明", client))
    assert json.loads(far.out)["player"] == "小明"
    assert len(client.faults()) == 2


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"nickname": "Bob"},
        {"network": "offline"},
        {"session": "expired"},
        {"account": "out"},
        {"friends": ["ann"]},
        {"group": "g"},
        {"KVDataList": [{"key": "k", "value": "1"}]},
    ],
    ids=str,
)
def test_a_player_who_has_called_or_is_stored_needs_none(
    tt: Callable[..., Any], client: Client, state: dict[str, Any]
) -> None:
    if state:
        client.put_player("bob", **state)
    else:
        client.call("login", player="bob")

    assert tt("fault", "add", "server-error", "--player", "bob").err == ""


def test_so_are_the_faults_of_a_file(
    tt: Callable[..., Any], client: Client, tmp_path: Path
) -> None:
    file = tmp_path / "s.json"
    faults = [{"error": "server-error", "player": name} for name in ("bob", "bob", "ann")]
    file.write_text(json.dumps({"faults": [*faults, {"delay_ms": 1}]}), encoding="utf-8")
    client.call("login", player="ann")

    assert tt("fault", "load", str(file)).err == remark("bob", client)
