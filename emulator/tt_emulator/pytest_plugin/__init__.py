"""The pytest plugin: fixtures, markers, options. What they need is imported when a test asks.

`tt_emulator` is a world of its own for each test, a `TTEmulator`. The module is read at each start
of pytest, by any version that runs at all: nothing in it may need a newer one, or cost time.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import pytest

from tt_emulator import natives  # noqa: F401  # keeps what tests replace, so it comes before them
from tt_emulator.pytest_plugin import options
from tt_emulator.pytest_plugin import run as runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tt_emulator.pytest_plugin.server import Server
    from tt_emulator.pytest_plugin.world import Fault, Player, TTEmulator

__all__ = ["Fault", "Player", "Server", "TTEmulator"]

_HOMES = {"Fault": "world", "Player": "world", "Server": "server", "TTEmulator": "world"}
_EMULATORS: WeakKeyDictionary[pytest.Item, TTEmulator] = WeakKeyDictionary()


def __getattr__(name: str) -> Any:
    """The types of the fixtures, for annotations."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


@pytest.fixture(scope="session")
def tt_emulator_settings(pytestconfig: pytest.Config) -> dict[str, Any]:
    """What the server is started with, fields of `tt_emulator.config.Settings`.

    Override it in a conftest.py:

        @pytest.fixture(scope="session")
        def tt_emulator_settings(tt_emulator_settings):
            return {**tt_emulator_settings, "allow_origin": ("http://192.168.1.5:7456",)}
    """
    given: dict[str, Any] = {}
    if pytestconfig.option.tt_emulator_random_seed is not None:
        given["random_seed"] = pytestconfig.option.tt_emulator_random_seed
    if pytestconfig.option.tt_emulator_play is not None:
        given["play"] = Path(pytestconfig.option.tt_emulator_play)
    if pytestconfig.option.tt_emulator_data is not None:
        worker = getattr(pytestconfig, "workerinput", {}).get("workerid", "")
        given["data"] = Path(pytestconfig.option.tt_emulator_data, worker)  # one server a directory
    return given


@pytest.fixture(scope="session")
def tt_emulator_server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """The emulator of the run: the one at TT_EMULATOR_URL, else one of its own."""
    if refusal := options.too_old():
        pytest.fail(refusal, pytrace=False)
    # all that a test needs, while its surroundings are what they were
    from tt_emulator.pytest_plugin import settling  # noqa: F401
    from tt_emulator.pytest_plugin.server import attached, started

    run = runs.of(request.config)
    if url := run.url(request.config):
        yield attached(url, run.token(request.config))
    else:
        with started(run.child(), request.getfixturevalue("tt_emulator_settings")) as server:
            yield server


@pytest.fixture
def tt_emulator_world(request: pytest.FixtureRequest) -> str:
    """The name of the test's world, a new one each time; override it to choose."""
    from tt_emulator.config import team_of
    from tt_emulator.pytest_plugin.world import new_name

    run, config = runs.of(request.config), request.config
    return new_name(request.node.name, team_of(run.token(config)) if run.url(config) else None)


@pytest.fixture
def tt_emulator(
    request: pytest.FixtureRequest, tt_emulator_server: Server, tt_emulator_world: str
) -> Iterator[TTEmulator]:
    """A fresh world. At teardown it is dropped, and what went unnoticed fails the test."""
    from tt_emulator.pytest_plugin import coverage
    from tt_emulator.pytest_plugin.settling import settle
    from tt_emulator.pytest_plugin.story import Story
    from tt_emulator.pytest_plugin.world import TTEmulator

    item = request.node
    may_leave = item.get_closest_marker("tt_allow_unconsumed") is not None
    may_fail = item.get_closest_marker("tt_allow_internal_errors") is not None
    platform = options.platform(item, request.config) or tt_emulator_server.platform
    emulator = TTEmulator(
        tt_emulator_server, tt_emulator_world, strict=not may_leave, platform=platform
    )
    may_throw = item.get_closest_marker("tt_allow_game_errors") is not None
    if folder := runs.of(request.config).bundles(request.config):
        emulator.story = Story(emulator, folder, item.nodeid)
    _EMULATORS[item] = emulator
    yield emulator
    settle(
        emulator,
        coverage.ledger(request.config),
        faults=emulator.passed and not may_leave,
        failures=not may_fail,
        game_errors=emulator.passed and not may_throw,
    )


@pytest.fixture
def tt_error(request: pytest.FixtureRequest, tt_emulator: TTEmulator) -> dict[str, Any]:
    """The error that is armed for this run of a `tt_every_error` test."""
    if not hasattr(request, "param"):
        pytest.fail('tt_error needs @pytest.mark.tt_every_error("<api>") on the test', False)
    row: dict[str, Any] = request.param
    tt_emulator.demand(row["name"], row["api"])
    return row


def pytest_addoption(parser: pytest.Parser) -> None:
    """The `--tt-emulator-*` options."""
    options.add(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers; keep account of the errors that tests meet, if that was asked for."""
    for line in options.MARKERS:
        config.addinivalue_line("markers", line)
    config.pluginmanager.register(runs.Run(config), runs.NAME)
    if options.reports(config):
        from tt_emulator.pytest_plugin import coverage

        config.pluginmanager.register(coverage.Account(config), coverage.NAME)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A `tt_every_error` test runs once for each error that coverage counts."""
    markers = list(metafunc.definition.iter_markers("tt_every_error"))
    if markers:
        from tt_emulator.pytest_plugin.every_error import rows

        platform = options.platform(metafunc.definition, metafunc.config)
        cover = metafunc.config.option.tt_emulator_cover
        found = rows([api for marker in markers for api in marker.args], platform, cover)
        if "tt_error" not in metafunc.fixturenames:
            metafunc.fixturenames.append("tt_error")
        metafunc.parametrize("tt_error", found.values(), ids=found, indirect=True)


def pytest_itemcollected(item: pytest.Item) -> None:
    """The error is armed also for a test that does not ask for its row."""
    if (
        isinstance(item, pytest.Function)
        and item.get_closest_marker("tt_every_error")
        and "tt_error" not in item.fixturenames
    ):
        item.fixturenames.append("tt_error")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A failure carries what its world can tell of it."""
    outcome: Any = yield
    emulator = _EMULATORS.get(item)
    if emulator is None:
        return
    report: pytest.TestReport = outcome.get_result()
    if report.when == "call":
        emulator.passed = report.passed
    if report.failed:
        from tt_emulator.pytest_plugin.settling import sections

        report.sections += sections(emulator)
    if report.when == "teardown":
        emulator.story = None  # pytest keeps all items to the end of the run
