from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest

from process import Emulator
from tt_emulator.client import Client
from tt_emulator.errors import Refused

OFFLINE = {"error": "network-unavailable", "api": "login"}


@pytest.fixture
def client(server: Emulator, new_world: str) -> Iterator[Client]:
    with Client(server.url, new_world) as client:
        yield client


def works(client: Client) -> bool:
    return bool(client.call("login")["errMsg"] == "login:ok")


def test_a_fault_strikes_inside_its_block_only(client: Client) -> None:
    with client.fault(**OFFLINE):
        assert not works(client)

    assert works(client)
    assert client.faults() == []


def test_a_block_that_raises_leaves_nothing_armed(client: Client) -> None:
    with pytest.raises(ZeroDivisionError), client.fault(**OFFLINE):
        raise ZeroDivisionError

    assert client.faults() == []


def test_other_faults_outlive_the_block(client: Client) -> None:
    kept = client.arm({"error": "service-error"})
    with client.fault(**OFFLINE):
        pass

    assert [fault["id"] for fault in client.faults()] == [kept["id"]]


def test_after_the_block_the_fault_tells_what_became_of_it(client: Client) -> None:
    with client.fault(**OFFLINE, times=2) as fault:
        works(client)
        assert fault["hits"] == 0
        assert fault.refresh()["hits"] == 1
        works(client)

    assert (fault["hits"], fault["remaining"], fault["completed"]) == (2, 0, True)


@pytest.mark.parametrize("how", ["disarm", "disarm_all", "replace", "reset"])
def test_a_block_may_disarm_its_fault_itself(client: Client, how: str) -> None:
    with client.fault(**OFFLINE) as fault:
        deeds: dict[str, Any] = {
            "disarm": fault.disarm,
            "disarm_all": client.disarm_all,
            "replace": lambda: client.replace([]),
            "reset": client.reset,
        }
        deeds[how]()

    assert client.faults() == []


TAKEN_OFF: dict[str, Any] = {
    "disarm": lambda client, fault: fault.disarm(),
    "disarm by its id": lambda client, fault: client.disarm(fault["id"]),
    "disarm all": lambda client, fault: client.disarm_all(),
    "replace": lambda client, fault: client.replace([]),
    "reset": lambda client, fault: client.reset(["faults"]),
}


@pytest.mark.parametrize("block", [True, False])
@pytest.mark.parametrize("how", TAKEN_OFF)
def test_what_it_did_is_known_however_it_was_taken_off(
    client: Client, how: str, block: bool
) -> None:
    fault = client.fault(**OFFLINE, times=2)
    with fault if block else nullcontext():
        works(client)
        TAKEN_OFF[how](client, fault)
        if not block and how != "disarm":
            with pytest.raises(Refused, match="is armed"):
                fault.refresh()

    assert (fault["hits"], fault["remaining"], fault["near_miss"]) == (1, 1, None)


def test_of_a_fault_that_is_gone_with_its_world_nothing_is_claimed(client: Client) -> None:
    with client.fault(**OFFLINE, times=1) as fault:
        works(client)
        client.drop_world()

    outcome = [fault[name] for name in ("hits", "matched", "remaining", "completed", "near_miss")]
    assert outcome == [None] * 5


def test_a_block_leaves_the_fault_alone_that_has_its_id_in_a_world_made_anew(
    client: Client,
) -> None:
    with client.fault(**OFFLINE, times=1) as fault:
        client.drop_world()
        other = client.fault(error="service-error")
        while other["armed_at"] == fault["armed_at"]:
            client.drop_world()
            other = client.fault(error="service-error")
        assert other["id"] == fault["id"]

    assert fault["hits"] is None
    assert [each["id"] for each in client.faults()] == [fault["id"]]


def test_each_fault_of_a_list_can_be_disarmed_by_itself(client: Client) -> None:
    first, second = client.replace([OFFLINE, {"delay_ms": 1}])
    with first:
        assert len(client.faults()) == 2

    assert [fault["id"] for fault in client.faults()] == [second["id"]]
    second.disarm()
    with pytest.raises(Refused, match="is armed"):
        second.disarm()


def test_a_refusal_that_is_not_about_its_absence_reaches_the_test(stub: Any) -> None:
    stub.answer = (201, {}, b'{"id": "f1"}')
    with Client(stub.url) as client:
        fault = client.fault(**OFFLINE)
        stub.answer = (403, {}, b'{"detail": "The Host is not served here."}')
        with pytest.raises(Refused, match="not served"), fault:
            pass
