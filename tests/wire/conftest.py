import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from entry_points import Answer, EntryPoint, FlaskEntryPoint, SocketEntryPoint
from tt_emulator.config import Settings
from tt_emulator.server import assembly, serving


@pytest.fixture(scope="session")
def without_hot_route() -> Iterator[int]:
    """The port of a server whose game calls Flask answers, too."""
    with ExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch:  # other servers stay hot
            patch.setattr(assembly, "HOT", False)
            facts = stack.enter_context(serving(Settings(port=0, data=None)))
        yield facts["port"]


@pytest.fixture(params=["flask", "socket", "socket without the hot route"])
def entry_point(request: pytest.FixtureRequest, new_world: str) -> Iterator[EntryPoint]:
    if request.param == "flask":
        yield FlaskEntryPoint(new_world)
        return
    hot = request.param == "socket"
    port = (
        request.getfixturevalue("server").port
        if hot
        else request.getfixturevalue("without_hot_route")
    )
    opened = SocketEntryPoint(port, new_world)
    yield opened
    opened.close()


@pytest.fixture
def call(entry_point: EntryPoint) -> Callable[..., Answer]:
    """Call an API with options as a value."""

    def call_it(api: str, options: Any, **headers: str) -> Answer:
        return entry_point("POST", f"/tt/{api}", json.dumps(options).encode(), **headers)

    return call_it


@pytest.fixture
def control(entry_point: EntryPoint) -> Callable[..., Answer]:
    """Ask the control plane, with a value as the body."""

    def ask(method: str, path: str, value: Any = None, **headers: str) -> Answer:
        body = None if value is None else json.dumps(value).encode()
        typed = {} if value is None else {"Content_Type": "application/json"}
        return entry_point(method, f"/__emulator{path}", body, **(typed | headers))

    return ask
