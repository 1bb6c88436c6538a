"""What the platform has as Douyin has it: it fails by the same causes with the same texts, and
without a number.
"""

import pytest

from harness import Bench, furnish
from platforms.wx.wx_bench import OPTIONS, WX, player
from test_catalog_proofs import CAUSES, is_caused
from tt_emulator.catalog import Api, ErrorRow
from tt_emulator.platforms import load

BORROWED = [api for api in WX.catalog.called.values() if api.source == "TT"]
ROWS = [(api, row) for api in BORROWED for row in api.errors if is_caused(api, row)]


def test_all_of_them_have_no_number():
    assert BORROWED
    assert {row.code for api in BORROWED for row in api.errors} == {None}


@pytest.mark.parametrize(("api", "row"), ROWS, ids=lambda value: value.name)
def test_what_fails_there_fails_here_in_the_same_words(bench: Bench, api: Api, row: ErrorRow):
    lender = Bench()
    furnish(lender.world)
    bodies = []
    for one in (bench, lender):
        options = dict(OPTIONS.get(api.name, {}))
        assert one.call(api.name, options)["errMsg"].endswith("ok")
        CAUSES[row.name](one, one.catalog.apis[api.name], options)
        bodies.append(one.call(api.name, options))

    here, there = bodies
    _, fail, text = there["errMsg"].partition("fail")
    assert fail
    assert here == {"errMsg": f"{api.name}:fail{text}"}


def test_offline_a_request_fails_as_it_does_there(bench: Bench):
    player(bench, network="offline")

    reply = bench.reply("request", {"url": "http://localhost:9/"})

    there = load().catalog.apis["request"].row("network-unavailable")
    assert there is not None
    assert reply.reason == "the player is offline"
    assert reply.body["errMsg"] == f"request:fail {there.message}".strip()


def test_a_request_carries_the_agent_and_no_referer_of_another_platform(bench: Bench):
    bench.call("request", {"url": "http://localhost:9/"})

    (asked,) = bench.asked
    assert {name for name, _ in asked.headers} == {"content-type", "user-agent"}
