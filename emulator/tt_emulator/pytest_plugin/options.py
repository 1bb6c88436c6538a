"""Options and markers. Read at each start of pytest, so it imports next to nothing."""

from __future__ import annotations

from argparse import ArgumentTypeError

import pytest

FLOOR = (7, 0)
"""The oldest pytest that the fixtures are tried with; any may have the plugin and not use it."""

REPORTS = ("term", "json:PATH", "md:PATH", "junit")
MARKERS = (
    "tt_every_error(*apis): run the test once for each documented error of these APIs, with the"
    " error armed; the row is the fixture tt_error",
    "tt_platform(name): the platform of the test's world, tt or wx",
    "tt_allow_unconsumed: do not fail the test for a fault that never struck as often as it should",
    "tt_allow_internal_errors: do not fail the test for a call that the emulator failed to answer",
    "tt_allow_game_errors: do not fail the test for errors that the played game did not catch",
)


def add(parser: pytest.Parser) -> None:
    """Declare the options. Their values are plain, or pytest-xdist could not pass them on."""
    option = parser.getgroup("tt-emulator", "tests with tt-emulator").addoption
    option(
        "--tt-emulator-url",
        metavar="URL",
        help="Use the server at URL and start none. [TT_EMULATOR_URL]",
    )
    option(
        "--tt-emulator-token",
        metavar="TOKEN",
        help="The token that server asks for. [TT_EMULATOR_TOKEN]",
    )
    option(
        "--tt-emulator-data",
        metavar="DIR",
        help="Keep the data there; by default nothing is kept. Each xdist worker has a folder.",
    )
    option(
        "--tt-emulator-play",
        metavar="DIR",
        help="Play the mini-game package in DIR; tt_emulator.page() is its address.",
    )
    option(
        "--tt-emulator-bundles",
        metavar="DIR",
        help="Keep there the bundle of each failed test, a file for `tt-emulator replay`."
        " [TT_EMULATOR_BUNDLES, or tt_emulator_bundles in the ini file]",
    )
    parser.addini(
        "tt_emulator_bundles", "The folder of --tt-emulator-bundles, from that of the ini file."
    )
    parser.addini(
        "tt_platform", "The platform of the tests' worlds, tt or wx.  [default: the server's]"
    )
    option("--tt-emulator-random-seed", type=int, metavar="N", help="Seed of luck.  [default: 1]")
    option(
        "--tt-emulator-coverage",
        type=_report,
        action="append",
        default=[],
        metavar="REPORT",
        help=f"Report the documented errors that the tests met: {', '.join(REPORTS)} (repeatable).",
    )
    option(
        "--tt-emulator-cover-api",
        action="append",
        default=[],
        metavar="API",
        help="An API whose errors count (repeatable); by default all that the tests called.",
    )
    option(
        "--tt-emulator-cover",
        choices=["documented", "seen"],
        default="documented",
        help="What counts: documented errors, or also those that were seen.  [default: documented]",
    )
    option(
        "--tt-emulator-fail-under",
        type=_percent,
        metavar="PERCENT",
        help="Fail the run if the tests met less than so much of the documented errors that count.",
    )


def too_old() -> str:
    """A sentence if this pytest is too old for more than to pass the plugin by, else nothing."""
    if tuple(map(int, pytest.__version__.split(".")[:2])) >= FLOOR:
        return ""
    oldest = ".".join(map(str, FLOOR))
    return f"tt-emulator's fixtures need pytest {oldest} or newer; this is {pytest.__version__}."


def platform(item: pytest.Item, config: pytest.Config) -> str | None:
    """The platform that the test is for, None if nothing says it. Raises UsageError."""
    marker = item.get_closest_marker("tt_platform")
    if marker is None:
        return of_run(config)
    return _platform((*marker.args, "")[0], f"the marker tt_platform of {item.name}")


def of_run(config: pytest.Config) -> str | None:
    """The platform of tests that have no marker, None if nothing says it. Raises UsageError."""
    named = config.getini("tt_platform")
    return _platform(named, "the ini option tt_platform") if named else None


def _platform(name: object, place: str) -> str:
    from tt_emulator.config import PLATFORM_NAMES

    if name not in PLATFORM_NAMES:
        raise pytest.UsageError(f"{place} is {name!r}, not {' or '.join(PLATFORM_NAMES)}")
    return str(name)


def reports(config: pytest.Config) -> list[str]:
    """The reports that were asked for. Raises UsageError."""
    wanted: list[str] = config.option.tt_emulator_coverage
    if "junit" in wanted and not config.getoption("xmlpath", None):
        raise pytest.UsageError("--tt-emulator-coverage junit needs --junitxml PATH")
    found = wanted or (["term"] if config.option.tt_emulator_fail_under is not None else [])
    if found and (refusal := too_old()):
        raise pytest.UsageError(refusal)
    return found


def _report(text: str) -> str:
    kind, _, path = text.partition(":")
    if (kind in ("json", "md") and path) or text in ("term", "junit"):
        return text
    raise ArgumentTypeError(f"{text!r} is none of {', '.join(REPORTS)}")


def _percent(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 <= value <= 100:
        raise ArgumentTypeError(f"{text!r} is no percentage from 0 to 100")
    return value
