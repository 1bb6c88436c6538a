"""Every API of the catalog that games call: its success, its error rows when armed, and those that
have a natural cause by it.

What is held here comes from the catalog, so a new file in it is picked up by itself. One whose API
needs options wants an example call in `OPTIONS` of `wx_bench`.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest

from harness import Bench
from platforms.wx.wx_bench import OPTIONS, WX, player
from tt_emulator.catalog import Api, ErrorRow

APIS = list(WX.catalog.called.values())
ROWS = [(api, row) for api in APIS for row in api.errors]
Body = dict[str, Any]

BY_THE_PAGE = {"getStorage", "getStorageInfo"}
"""What succeeds with fields that the page alone knows."""


def by_name(value: Any) -> str | None:
    return getattr(value, "name", None)


each_api = pytest.mark.parametrize("api", APIS, ids=by_name)
each_row = pytest.mark.parametrize(("api", "row"), ROWS, ids=by_name)


def example(api: Api) -> dict[str, Any]:
    options = OPTIONS.get(api.name, {})
    missing = [param.name for param in api.params if param.required and param.name not in options]
    assert not missing, f"OPTIONS of wx_bench.py needs an example call of {api.name}: {missing}"
    return dict(options)


def named_in_example(api: Api, message: str | None) -> str:
    """The message with what the example says in the places that it names."""
    options = example(api)
    named = [param.name for param in api.params if param.name.lower().endswith("path")]
    paths = [options[name] for name in named if name in options]
    texts = {
        "$apiName": api.name,
        "$paramName": api.params[0].name if api.params else "",
        "$paramType": api.params[0].type if api.params else "",
        **{f"${name}": value for name, value in options.items() if isinstance(value, str)},
    }
    for place in re.findall(r"\$\w+", message or ""):
        message = (message or "").replace(place, texts.get(place, *paths[:1]), 1)
    return message or ""


def promised(api: Api, row: ErrorRow) -> Body:
    """The object that the catalog promises for the row: the message, else bare; the code in the
    field that the row or the API names, unless it stands in the text alone; what is there beside.
    """
    message = named_in_example(api, row.message)
    body: Body = {"errMsg": row.literal or f"{api.name}:fail {message}".strip()}
    field = row.code_field or api.failure
    if row.code is not None and field not in ("errMsg", "none"):
        body[field] = row.code
    return body | row.also


@each_api
def test_a_success_has_the_fields_of_the_catalog_and_no_others(bench: Bench, api: Api) -> None:
    body = bench.call(api.name, example(api))

    assert body["errMsg"] == f"{api.name}:ok"
    assert set(body) <= set(api.success.fields)
    if api.name not in BY_THE_PAGE:
        assert set(api.success.fields) - set(body) <= set(api.success.sometimes)


@each_row
def test_an_armed_row_is_delivered_to_the_character_once(
    bench: Bench, arm: Callable[..., Any], api: Api, row: ErrorRow
) -> None:
    arm(error=row.name, api=api.name, times=1)
    bodies = [bench.call(api.name, example(api)) for _ in range(2)]

    assert bodies[0] == promised(api, row)
    assert bodies[1]["errMsg"] == f"{api.name}:ok"


@each_row
def test_an_armed_row_leaves_everything_as_it_was(
    bench: Bench, arm: Callable[..., Any], api: Api, row: ErrorRow
) -> None:
    before = b"".join(bench.world.document.export())

    arm(error=row.name, api=api.name)
    bench.call(api.name, example(api))

    assert b"".join(bench.world.document.export()) == before


@each_row
def test_with_fail_objects_of_older_runtimes_only_the_text_is_left(
    bench: Bench, arm: Callable[..., Any], api: Api, row: ErrorRow
) -> None:
    bench.world.set({"fail_object": "errMsg"})
    arm(error=row.name, api=api.name)

    body = bench.call(api.name, example(api))

    assert body == {"errMsg": promised(api, row)["errMsg"]}


@pytest.mark.parametrize("name", sorted({row.name for _, row in ROWS}))
def test_without_an_api_only_those_that_have_the_row_fail(
    bench: Bench, arm: Callable[..., Any], name: str
) -> None:
    arm(error=name)

    for api in APIS:
        row = api.row(name)
        body = bench.call(api.name, example(api))
        assert body["errMsg"] == (promised(api, row)["errMsg"] if row else f"{api.name}:ok")


# What causes a row: it brings the world there, and may change the options.
Cause = Callable[[Bench, Api, dict[str, Any]], None]


def of_player(**fields: Any) -> Cause:
    return lambda bench, api, options: player(bench, **fields)


def of_options(**given: Any) -> Cause:
    return lambda bench, api, options: options.update(given)


def scope_denied(bench: Bench, api: Api, options: dict[str, Any]) -> None:
    needed = [need for need in api.needs if need.startswith("scope.")] or [options["scope"]]
    player(bench, scopes=dict.fromkeys(needed, "denied"))


def pairs(*items: Any) -> Cause:
    return of_options(KVDataList=list(items))


def system_apperror(bench: Bench, api: Api, options: dict[str, Any]) -> None:
    options.update({"key": 1} if "key" in options else {"keyList": "1"})


def bad_key(bench: Bench, api: Api, options: dict[str, Any]) -> None:
    options.update({"key": "51"} if "key" in options else {"keyList": ["51"]})


CAUSES: dict[str, Cause] = {
    "bad-item": pairs({"key": "a", "value": 1}),
    "bad-list": of_options(KVDataList="a"),
    "too-long": pairs({"key": "k" * 129, "value": ""}),
    "bare-fail": pairs(*({"key": f"k{number}", "value": ""} for number in range(129))),
    "connect-fail": of_player(network="offline"),
    "auth-deny": scope_denied,
    "privacy-undeclared": of_player(privacy="undeclared"),
    "privacy-usage-missing": of_player(privacy="unannounced"),
    "privacy-popup-missing": of_player(privacy="no-popup"),
    "privacy-refused": of_player(privacy="refused"),
    "data-no-response": of_player(launched_from=None),
    "session-expired": of_player(session="expired"),
    "system-apperror": system_apperror,
    "bad-key": bad_key,
    "not-friends": of_options(toUser="stranger"),
    "bad-openid": of_options(toUser=""),
    "bad-operation": of_options(operation="sub"),
    "bad-operand": of_options(opNum=2),
    "check-refused": of_player(interactive={"check": "refuses"}),
    "cancelled": of_player(interactive={"window": "cancels"}),
}
ONLY_ARMED = {
    "invalid-scope": "whoever saw it does not tell when",
    "unsupported-in-devtools": "this is no developer tool",
    "system-error": "whoever saw it does not tell when",
    "invalid-key-2019": "today's number for it is another",
    "bad-config": "the emulator reads no templates",
    "quota": "the device's storage lies in the page, which has the cause",
    "not-found": "as above",
}
OWN = [(api, row) for api, row in ROWS if api.source != "TT"]


def is_caused(api: Api, row: ErrorRow) -> bool:
    """No page says of other APIs that the gate stands before them, nor of friends when no data
    come.
    """
    if row.name.startswith("privacy-"):
        return "privacy" in api.needs
    if row.name == "data-no-response":
        return "group-launch" in api.needs
    return row.name in CAUSES


def test_of_each_name_it_is_known_whether_the_emulator_can_cause_it() -> None:
    assert {*CAUSES, *ONLY_ARMED} == {row.name for _, row in OWN}
    assert not CAUSES.keys() & ONLY_ARMED.keys()
    assert CAUSES.keys() == {row.name for api, row in OWN if is_caused(api, row)}


@pytest.mark.parametrize(
    ("api", "row"), [(api, row) for api, row in OWN if is_caused(api, row)], ids=by_name
)
def test_a_row_that_has_a_cause_comes_of_it(bench: Bench, api: Api, row: ErrorRow) -> None:
    options = example(api)
    assert bench.call(api.name, options)["errMsg"] == f"{api.name}:ok"

    CAUSES[row.name](bench, api, options)
    reply = bench.reply(api.name, options)

    assert reply.body == promised(api, row)
    assert reply.error == row.name
    assert reply.reason


@each_api
def test_an_api_has_a_row_for_each_need_that_can_be_missing(api: Api) -> None:
    names = {row.name for row in api.errors}
    for need in api.needs:
        if need.startswith("scope."):
            assert "auth-deny" in names
        elif need == "privacy":
            assert {name for name in CAUSES if name.startswith("privacy-")} <= names
        elif need == "group-launch":
            assert "data-no-response" in names
        elif need == "network":
            assert names & {"connect-fail", "network-unavailable", "internal-error"}
