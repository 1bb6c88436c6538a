"""The pytest plugin: fixtures, markers, options. What they need is imported when a test asks.

`tt_emulator` is a world of its own for each test (`emulator.pytest_plugin.world.TTEmulator`).
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from emulator.pytest_plugin import options

if TYPE_CHECKING:
    from emulator.pytest_plugin.coverage import Ledger
    from emulator.pytest_plugin.server import Server
    from emulator.pytest_plugin.world import TTEmulator

_LEDGER: "pytest.StashKey[Ledger]" = pytest.StashKey()
_EMULATOR: "pytest.StashKey[TTEmulator]" = pytest.StashKey()
_PASSED: pytest.StashKey[bool] = pytest.StashKey()
_WORKER_OUTPUT = "tt_emulator_coverage"


@pytest.fixture(scope="session")
def tt_emulator_settings(pytestconfig: pytest.Config) -> dict[str, Any]:
    """What the server is started with, fields of `emulator.config.Settings`.

    Override it in a conftest.py:

        @pytest.fixture(scope="session")
        def tt_emulator_settings(tt_emulator_settings):
            return {**tt_emulator_settings, "allow_origin": ("http://192.168.1.5:7456",)}
    """
    given: dict[str, Any] = {}
    if pytestconfig.option.tt_emulator_random_seed is not None:
        given["random_seed"] = pytestconfig.option.tt_emulator_random_seed
    if pytestconfig.option.tt_emulator_data is not None:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "")  # a data directory has one server
        given["data"] = Path(pytestconfig.option.tt_emulator_data, worker)
    return given


@pytest.fixture(scope="session")
def tt_emulator_server(request: pytest.FixtureRequest) -> Iterator["Server"]:
    """The emulator of the run: the one at TT_EMULATOR_URL, else one of this process's own."""
    from emulator.pytest_plugin.server import attached, started

    if url := options.url(request.config):
        yield attached(url, options.token(request.config))
    else:
        with started(request.getfixturevalue("tt_emulator_settings")) as server:
            yield server


@pytest.fixture
def tt_emulator_world(request: pytest.FixtureRequest) -> str:
    """The name of the test's world, a new one each time; override it to choose."""
    from emulator.pytest_plugin.world import new_name

    return new_name(request.node.name)


@pytest.fixture
def tt_emulator(
    request: pytest.FixtureRequest, tt_emulator_server: "Server", tt_emulator_world: str
) -> Iterator["TTEmulator"]:
    """A fresh world. At teardown it is dropped, and what went unnoticed fails the test."""
    from emulator.pytest_plugin.settling import settle
    from emulator.pytest_plugin.world import TTEmulator

    item = request.node
    may_leave = item.get_closest_marker("tt_allow_unconsumed") is not None
    may_fail = item.get_closest_marker("tt_allow_internal_errors") is not None
    emulator = TTEmulator(tt_emulator_server, tt_emulator_world, strict=not may_leave)
    item.stash[_EMULATOR] = emulator
    yield emulator
    settle(
        emulator,
        request.config.stash.get(_LEDGER, None),
        faults=item.stash.get(_PASSED, False) and not may_leave,
        failures=not may_fail,
    )


@pytest.fixture
def tt_error(request: pytest.FixtureRequest, tt_emulator: "TTEmulator") -> dict[str, Any]:
    """The documented error that is armed for this run of a `tt_every_error` test."""
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
    if options.reports(config):
        from emulator.pytest_plugin.coverage import Ledger

        config.stash[_LEDGER] = Ledger(config.option.tt_emulator_cover_api)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A `tt_every_error` test runs once for each documented error."""
    markers = list(metafunc.definition.iter_markers("tt_every_error"))
    if markers:
        from emulator.pytest_plugin.every_error import rows

        found = rows([api for marker in markers for api in marker.args])
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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """A failure carries what its world can tell of it."""
    report: pytest.TestReport = yield
    emulator = item.stash.get(_EMULATOR, None)
    if emulator is not None:
        if report.when == "call":
            item.stash[_PASSED] = report.passed
        if report.failed:
            from emulator.pytest_plugin.settling import sections

            report.sections += sections(emulator)
    return report


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add what a worker of pytest-xdist met."""
    ledger = node.config.stash.get(_LEDGER, None)
    if ledger is not None:
        ledger.add(getattr(node, "workeroutput", {}).get(_WORKER_OUTPUT))


@pytest.hookimpl(tryfirst=True)  # before the JUnit file is written
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the account to the controller, or write it and judge it."""
    ledger = session.config.stash.get(_LEDGER, None)
    if ledger is None:
        return
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[_WORKER_OUTPUT] = ledger.told()
        return
    from emulator.pytest_plugin.reports import write

    write(ledger, session.config)
    if session.exitstatus == pytest.ExitCode.OK and not ledger.is_good(
        session.config.option.tt_emulator_fail_under
    ):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Show the table, if it was asked for."""
    ledger = config.stash.get(_LEDGER, None)
    if ledger is not None:
        from emulator.pytest_plugin.reports import show

        show(ledger, terminalreporter, config)
