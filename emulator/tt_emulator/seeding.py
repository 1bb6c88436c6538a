"""What the default world of a server begins with, and is again when the files change:
`--seed-world`, `--scenario`.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tt_emulator import shipped
from tt_emulator.announcement import Progress
from tt_emulator.config import DEFAULT_WORLD, Settings
from tt_emulator.errors import BadRequest, Elsewhere, SeedError, Unprocessable
from tt_emulator.faults import scenario
from tt_emulator.world import World, Worlds

Initialize = Callable[[Callable[[], bool]], int | None]
"""`initialize` for one server."""


class Interrupted(Exception):
    """The server is to end before its worlds were filled."""


def initialize(settings: Settings, worlds: Worlds, interrupted: Callable[[], bool]) -> int | None:
    """Fill the default world and arm its faults; returns with how many players it was seeded.

    `None` if the data directory had it already, or there is no seed. Raises `SettingsError` for
    files that cannot be used, `StorageError`, and `Interrupted`.
    """

    def arm_scenario(world: World) -> None:
        if settings.scenario is not None:
            scenario.arm(settings.scenario, world.platform_name, world.faults.ensure)

    if settings.seed_world is not None:
        return _fill(settings, settings.seed_world, worlds, arm_scenario, interrupted)
    with suppress(Elsewhere):  # who made the world has armed it
        arm_scenario(worlds.open(DEFAULT_WORLD))
    return None


def _fill(
    settings: Settings,
    path: Path,
    worlds: Worlds,
    arm_scenario: Callable[[World], None],
    interrupted: Callable[[], bool],
) -> int | None:
    progress = Progress(sys.stderr, settings.lang)

    def on_progress(done: int, count: int) -> None:
        if interrupted():
            raise Interrupted
        progress.update(done, count)

    try:
        with _naming(path):
            return worlds.initialize(_text(path), on_progress, arm_scenario)
    finally:
        progress.end()


def rearm(path: Path, worlds: Worlds) -> int:
    """Arm the scenario in the default world, in the place of all that is armed; how many faults.

    Raises `SettingsError` for a file that cannot be used, which changes nothing; `StorageError`.
    """
    world = worlds.open(DEFAULT_WORLD)
    faults = scenario.arm(path, world.platform_name, world.faults.replace)
    worlds.settle()
    return faults


def reseed(path: Path, worlds: Worlds) -> int:
    """Have the default world become that of the file, as a reset will; with how many players.

    Raises as `rearm`.
    """
    with _naming(path):
        players = worlds.reseed(_text(path))
    worlds.settle()
    return players


def _text(path: Path) -> bytes:
    return shipped.located("worlds", path).read_bytes()


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """What cannot be read is reported as the file's. Raises `SeedError`."""
    try:
        yield
    except FileNotFoundError as error:
        raise _flawed(path, error.strerror or str(error), shipped.offer("worlds")) from error
    except OSError as error:
        raise _flawed(path, error.strerror or str(error)) from error
    except (BadRequest, Unprocessable) as error:
        raise _flawed(path, error.detail.rstrip(".")) from error


def _flawed(
    path: Path, flaw: str, hint: str = "docs/worlds.md tells what a world holds."
) -> SeedError:
    return SeedError(f"The seed world {path} cannot be used: {flaw}.", hint)
