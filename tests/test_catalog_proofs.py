"""Every API of the catalog: its success, its error rows when armed, and those by their real cause.

What is held here comes from the catalog, so a new file in it is picked up by itself. One whose API
needs options wants an example call in `bench.OPTIONS`.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest

from harness import OPTIONS, Bench, furnish
from tt_emulator.catalog import Api, ErrorRow
from tt_emulator.domain.outgoing import Answer, Refused, Unanswered
from tt_emulator.domain.user_files import Entry
from tt_emulator.platforms.tt.pages import load
from tt_emulator.platforms.tt.services import OUTWARD, SERVICES

APIS = [load().apis[name] for name in (*SERVICES, *OUTWARD)]
ROWS = [(api, row) for api in APIS for row in api.errors]
Body = dict[str, Any]


@pytest.fixture
def bench() -> Bench:
    made = Bench()
    furnish(made.world)
    return made


def by_name(value: Any) -> str | None:
    return getattr(value, "name", None)


each_api = pytest.mark.parametrize("api", APIS, ids=by_name)
each_row = pytest.mark.parametrize(("api", "row"), ROWS, ids=by_name)


def example(api: Api) -> dict[str, Any]:
    options = OPTIONS.get(api.name, {})
    missing = [param.name for param in api.params if param.required and param.name not in options]
    assert not missing, (
        f"OPTIONS of tests/harness.py needs an example call of {api.name}: {missing}"
    )
    return dict(options)


def opening(api: Api) -> str:
    """What the texts of the API begin with, as its page prints them."""
    return api.prefix or f"{api.name}:"


def documented(api: Api, row: ErrorRow, text: str | None = None) -> Body:
    """The object that the page promises for the row, `text` in the place of what may vary, and what
    the example says in the places that the page names.
    """
    message = named_in_example(api, row.message) if text is None else text
    begin = f"{row.prefix or opening(api)}fail"
    body: Body = {"errMsg": f"{begin} {message}" if message else begin}
    if row.code is not None:
        body[api.failure] = row.code
    if row.type is not None:
        body["errorType"] = row.type
    return body


def named_in_example(api: Api, message: str | None) -> str | None:
    if message is None or "$" not in message:
        return message
    options = example(api)
    paths = [options[param.name] for param in api.params if param.name.lower().endswith("path")]
    texts = {
        "$apiName": api.name,
        "$paramName": api.params[0].name,
        "$paramType": api.params[0].type,
        **{f"${name}": value for name, value in options.items() if isinstance(value, str)},
    }
    for place in re.findall(r"\$\w+", message):
        message = message.replace(place, texts.get(place, *paths[:1]), 1)
    return message


@each_api
def test_a_success_has_the_fields_of_the_catalog_and_no_others(bench: Bench, api: Api) -> None:
    body = bench.call(api.name, example(api))

    assert body["errMsg"] == f"{opening(api)}ok"
    assert set(body) <= set(api.success.fields)
    assert set(api.success.fields) - set(body) <= set(api.success.sometimes)


@each_row
def test_an_armed_row_is_delivered_to_the_character_once(
    bench: Bench, arm: Callable[..., Any], api: Api, row: ErrorRow
) -> None:
    arm(error=row.name, api=api.name, times=1)
    bodies = [bench.call(api.name, example(api)) for _ in range(2)]

    assert bodies[0] == documented(api, row)
    assert bodies[1]["errMsg"] == f"{opening(api)}ok"


def meant_by_code(api: Api, code: int | str | None) -> ErrorRow | None:
    """The row of the code with a text that never varies, else the first; of several none."""
    rows = [row for row in api.errors if row.code == code]
    fixed = [row for row in rows if row.detail is None]
    return None if len(fixed) > 1 else next(iter(fixed), rows[0])


@pytest.mark.parametrize("as_type", [int, str])
@pytest.mark.parametrize(
    ("api", "row"),
    [(api, row) for api, row in ROWS if row.code and meant_by_code(api, row.code) == row],
    ids=by_name,
)
def test_a_row_is_armed_by_its_code_as_well(
    bench: Bench, arm: Callable[..., Any], api: Api, row: ErrorRow, as_type: Any
) -> None:
    arm(error=as_type(row.code), api=api.name)

    assert bench.call(api.name, example(api)) == documented(api, row)


@pytest.mark.parametrize("name", sorted({row.name for _, row in ROWS}))
def test_without_an_api_only_those_that_document_the_row_fail(
    bench: Bench, arm: Callable[..., Any], name: str
) -> None:
    arm(error=name)

    for api in APIS:
        row = api.row(name)
        body = bench.call(api.name, example(api))
        assert body["errMsg"] == (documented(api, row)["errMsg"] if row else f"{opening(api)}ok")


# What causes a row: it brings the world there and may change the options; it gives the text that
# stands in the message's place, if one does.
Cause = Callable[[Bench, Api, dict[str, Any]], str | None]


def of_player(**fields: Any) -> Cause:
    def cause(bench: Bench, api: Api, options: dict[str, Any]) -> None:
        bench.world.players.put("player-1", fields)

    return cause


def without_the_api(bench: Bench, api: Api, options: dict[str, Any]) -> None:
    bench.world.set({"host": {"unsupported": [api.name]}})


def without_an_option(bench: Bench, api: Api, options: dict[str, Any]) -> str | None:
    missing = next(param.name for param in api.params if param.required)
    del options[missing]
    row = api.row("bad-parameter")
    return missing if row and row.detail == "option" else None


def over_a_limit(bench: Bench, api: Api, options: dict[str, Any]) -> str | None:
    options["KVDataList"] = [{"key": "k" * 129, "value": ""}]
    return api.limit("key").message


def in_too_many_zones(bench: Bench, api: Api, options: dict[str, Any]) -> None:
    for number in range(api.limit("zones").max):
        bench.call(api.name, options | {"zoneId": f"zone-{number}"})
    options["zoneId"] = "one-more"


def elsewhere(bench: Bench, api: Api, options: dict[str, Any]) -> None:
    bench.outcome = Refused("api.example.com")


def without_an_answer(cause: str) -> Cause:
    def bring_about(bench: Bench, api: Api, options: dict[str, Any]) -> None:
        bench.outcome = Unanswered(cause, "nobody answered")

    return bring_about


def without_its_first_option(bench: Bench, api: Api, options: dict[str, Any]) -> str:
    del options[api.params[0].name]
    return f"params {api.params[0].name} is required"


def with_a_list_for_an_option(bench: Bench, api: Api, options: dict[str, Any]) -> str:
    options[api.params[0].name] = []
    return f"params {api.params[0].name} type is not string type"


def written(api: Api, row: str, options: dict[str, Any], path: str) -> str:
    """The text of the row for these options; `path` is meant where no option is named."""
    message = getattr(api.row(row), "message")  # noqa: B009
    for place in re.findall(r"\$\w+", message):
        named = {"$apiName": api.name}.get(place) or options.get(place[1:], path)
        message = message.replace(place, named, 1)
    return str(message)


def its_path(api: Api) -> str:
    """The option that is the path to be changed."""
    paths = [param.name for param in api.params if param.name.endswith("Path")]
    return "filePath" if "filePath" in paths else paths[0]


def at(path: str, name: str, kinds: dict[str, str] | None = None) -> Cause:
    def cause(bench: Bench, api: Api, options: dict[str, Any]) -> str:
        wanted = (kinds or {}).get(api.name, path)
        options.pop("recursive", None)
        options[its_path(api)] = wanted
        return written(api, name, options, wanted)

    return cause


in_the_package = at("game.js", "permission-denied")
at_what_is_not_there = at("ttfile://user/none/x", "no-such-file")
at_the_other_kind = at(
    "ttfile://user/other-folder", "operation-not-permitted", {"rmdir": "ttfile://user/kept"}
)


def at_a_file(bench: Bench, api: Api, options: dict[str, Any]) -> str:
    return at("ttfile://user/kept", "file-exists")(bench, api, options) or ""


def in_a_full_folder(bench: Bench, api: Api, options: dict[str, Any]) -> None:
    limit = api.limit("user_folder").max
    bench.world.uploads.put("u1", b"again")
    bench.world.store.files.entries = lambda _: {
        "all": Entry(0, limit),
        "kept": Entry(0, 4),
    }  # type: ignore[method-assign]


def with_a_large_file(bench: Bench, api: Api, options: dict[str, Any]) -> None:
    data = bytes(api.limit("file").max + 1)
    bench.outcome = Answer(200, {}, data)
    bench.world.store.files.write("player-1", "kept", data, 0)


def with_a_file_inside(bench: Bench, api: Api, options: dict[str, Any]) -> None:
    bench.world.store.files.make_folders("player-1", ["folder"], 0)
    bench.world.store.files.write("player-1", "folder/x", b"", 0)


CAUSES: dict[str, Cause] = {
    "session-failure": of_player(session="expired"),
    "network-unavailable": of_player(network="offline"),
    "not-supported": without_the_api,
    "bad-parameter": without_an_option,
    "server-error": over_a_limit,
    "host-login-failed": of_player(account="declines"),
    "host-logged-out": of_player(account="out"),
    "too-many-zones": in_too_many_zones,
    "invalid-domain": elsewhere,
    "timed-out": without_an_answer("timed-out"),
    "aborted": without_an_answer("aborted"),
    "parameter-required": without_its_first_option,
    "parameter-type": with_a_list_for_an_option,
    "permission-denied": in_the_package,
    "no-such-file": at_what_is_not_there,
    "file-exists": at_a_file,
    "operation-not-permitted": at_the_other_kind,
    "user-folder-full": in_a_full_folder,
    "file-too-large": with_a_large_file,
    "folder-not-empty": with_a_file_inside,
}
ONLY_ARMED = {
    "app-in-background": "a page has no background of an app",
    "bad-response": "there is no platform's server behind the emulator",
    "capability-unsupported": "its page does not tell when",
    "framework-error": "its page does not tell when",
    "http-not-200": "there is no platform's server behind the emulator",
    "internal-error": "its page does not tell when",
    "rank-list-showing": "the panel lies in the page, which has the cause",
    "sensor-disabled": "a page has no such sensor",
    "sensor-unsupported": "as above",
    "sensor-running": "the sensor is the page's, which has the cause",
    "user-cancelled": "the player is at the page, which has the cause",
    "scope-refused": "as above",
    "gesture-missing": "as above",
    "nowhere-to-go": "as above",
    "share-info-missing": "nothing is shared from here",
    "system-refused": "a page asks no system",
    "results-timed-out": "as above",
    "shortcut-failed": "as above",
    "update-refused": "as above",
    "environment-error": "its page does not tell when",
    "unsupported-on-game": "the page has the cause",
    "not-in-list": "the emulator has no such list",
    "orientation-in-live": "nothing is streamed",
    "orientation-in-x-screen": "there is no such screen",
    "item-too-large": "the device's storage lies in the page, which has the cause",
    "storage-full": "as above",
    "error-stack": "its page does not tell when",
    "parameter-invalid": "no option that fails by it has values that its page lists",
    "saved-list-failed": "its page does not tell when",
    "service-error": "there is no platform's server behind the emulator",
}
READERS = {"getImRankData", "getImRankList"}
"""They write to no zone, so there are never too many of them."""
IN_THE_PAGE = {"access", "stat", "readdir", "readFile", "getFileInfo"}
"""They only read files: the page has the listing, and fails by itself."""
OF_FILES = {"permission-denied", "no-such-file", "operation-not-permitted"}
NOT_BY_A_CALL = {("rename", "user-folder-full"): "moving makes nothing larger"}


def is_caused(api: Api, row: ErrorRow) -> bool:
    if row.name == "bad-parameter":
        tells_apart = api.row("parameter-required") is not None
        return not tells_apart and any(param.required for param in api.params)
    return (
        row.name in CAUSES
        and not (row.name == "too-many-zones" and api.name in READERS)
        and not (row.name in OF_FILES and api.name in IN_THE_PAGE)
        and (api.name, row.name) not in NOT_BY_A_CALL
    )


CAUSED = [(api, row) for api, row in ROWS if is_caused(api, row)]


def test_of_each_name_it_is_known_whether_the_emulator_can_cause_it() -> None:
    assert {*CAUSES, *ONLY_ARMED} == {row.name for _, row in ROWS}
    assert not CAUSES.keys() & ONLY_ARMED.keys()


@pytest.mark.parametrize(("api", "row"), CAUSED, ids=by_name)
def test_a_row_that_has_a_cause_comes_of_it(bench: Bench, api: Api, row: ErrorRow) -> None:
    options = example(api)
    assert bench.call(api.name, options)["errMsg"] == f"{opening(api)}ok"
    text = CAUSES[row.name](bench, api, options)
    reply = bench.reply(api.name, options)

    assert reply.body == documented(api, row, text)
    assert reply.error == row.name
    assert reply.reason


@pytest.mark.parametrize("session", ["none", "expired"])
@pytest.mark.parametrize("api", [api for api in APIS if "session" in api.needs], ids=by_name)
def test_who_needs_a_session_fails_without_one(bench: Bench, api: Api, session: str) -> None:
    row = api.row("session-failure")
    assert row is not None
    bench.world.players.put("player-1", {"session": session})

    assert bench.call(api.name, example(api)) == documented(api, row)


@pytest.mark.parametrize("api", [api for api in APIS if "network" in api.needs], ids=by_name)
def test_who_needs_the_network_fails_offline_with_the_row_that_there_is(
    bench: Bench, api: Api
) -> None:
    row = api.row("network-unavailable") or api.row("internal-error")
    assert row is not None
    bench.world.players.put("player-1", {"network": "offline"})

    assert bench.call(api.name, example(api)) == documented(api, row)


@pytest.mark.parametrize(
    ("api", "app"),
    [(api, app) for api in APIS for app in (*api.hosts_without, *["toutiao"] * bool(api.hosts))],
    ids=lambda value: getattr(value, "name", value),
)
def test_an_app_that_has_not_the_api_says_so(bench: Bench, api: Api, app: str) -> None:
    row = api.row("not-supported")
    assert row is not None
    bench.world.set({"host": {"appName": app}})

    assert bench.call(api.name, example(api)) == documented(api, row)


@pytest.mark.parametrize(
    ("api", "option"),
    [
        (api, param.name)
        for api in APIS
        for param in api.params
        if param.required and api.row("bad-parameter")
    ],
    ids=lambda value: getattr(value, "name", value),
)
@pytest.mark.parametrize("value", ["absent", None], ids=["absent", "null"])
def test_each_option_that_is_needed_is_missed(
    bench: Bench, api: Api, option: str, value: Any
) -> None:
    options = example(api) | {option: value}
    if value == "absent":
        del options[option]
    row = api.row("bad-parameter")
    assert row is not None
    text = option if row.detail == "option" else None
    if own := api.row("parameter-required" if value == "absent" else "parameter-type"):
        row, text = own, f"params {option} is required"
        if value is None:
            text = f"params {option} type is not string type"

    assert bench.call(api.name, options) == documented(api, row, text)
