import json
from collections.abc import Callable
from typing import Any

from emulator.client import Client

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


def test_every_flag_reaches_the_fault(tt: Callable[..., Any], client: Client) -> None:
    run = tt(
        *("fault", "add", "108002", "--api", "setUserCloudStorage", "--player", "爱丽丝"),
        *("--key", "score*", "--skip", "1", "--times", "2", "--moment", "after"),
        *("--delay-ms", "5", "--detail", "full", "--label", "second save", "--json"),
    )

    assert run.code == 0
    asked = {
        "error": 108002,
        "api": "setUserCloudStorage",
        "player": "爱丽丝",
        "key": "score*",
        "skip": 1,
        "times": 2,
        "moment": "after",
        "delay_ms": 5,
        "detail": "full",
        "label": "second save",
    }
    assert json.loads(run.out).items() >= asked.items()
    assert client.faults() == [json.loads(run.out)]


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
        "ID  WHAT        API    PLAYER  KEY  MOMENT  SKIP  HITS  LEFT       LABEL\n"
        "f1  999985      any    爱丽丝  any  before  0     1     1          弱网\n"
        "f2  delay 1 ms  login  any     any  before  3     0     unlimited  -\n"
    )


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
    assert client.faults() == []


def test_a_negative_count_is_refused_by_the_server(tt: Callable[..., Any], client: Client) -> None:
    client.disarm_all()

    assert tt("fault", "add", "999985", "--times", "-1").code == 7
    assert client.faults() == []


def test_an_id_that_is_not_armed_is_refused(tt: Callable[..., Any], client: Client) -> None:
    client.disarm_all()

    assert tt("fault", "rm", "f9").code == 7


def test_a_label_cannot_steer_the_terminal(tt: Callable[..., Any], client: Client) -> None:
    client.arm({"error": "session-failure", "label": "\x1b[2Jgone\nnext"})

    assert tt("fault", "list").out.splitlines()[1].endswith(r"\x1b[2Jgone\nnext")
