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
from platforms.wx.wx_bench import OPTIONS, WX
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
