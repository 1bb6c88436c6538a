"""One run of pytest: what it began with, and the server that stands by for its tests."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tt_emulator.errors import EmulatorError
from tt_emulator.pytest_plugin import options

if TYPE_CHECKING:
    import pytest

    from tt_emulator.pytest_plugin.child import Child

NAME = "tt_emulator_run"


class Run:
    """A plugin of pytest's; environment and folder are those of the start, as tests change them."""

    def __init__(self, config: pytest.Config) -> None:
        self.environment = dict(os.environ)
        self._folder = Path(config.invocation_params.dir)
        self._child: Child | None = None

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Start a server if a test wants one; it gets ready while the others run."""
        is_wanted = any("tt_emulator_server" in _fixtures(item) for item in session.items)
        if is_wanted and not (
            self.url(session.config) or options.too_old() or _only_shows(session.config)
        ):
            with suppress(EmulatorError):  # it is told to the first test that asks
                self._child = self._started()

    def pytest_unconfigure(self) -> None:
        """End it if nobody took it."""
        if self._child is not None and self._child.is_ours:
            self._child.end(at_once=True)

    def child(self) -> Child:
        """A server that is still to be given its settings; who takes it ends it."""
        child, self._child = self._child, None
        return child if child is not None and child.is_ours else self._started()

    def url(self, config: pytest.Config) -> str | None:
        """Where a server runs already."""
        return config.option.tt_emulator_url or self._variable("TT_EMULATOR_URL")

    def token(self, config: pytest.Config) -> str | None:
        """What that server asks for."""
        return config.option.tt_emulator_token or self._variable("TT_EMULATOR_TOKEN")

    def bundles(self, config: pytest.Config) -> Path | None:
        """The folder in which the bundles of failed tests are kept, None if they are not."""
        if named := config.option.tt_emulator_bundles or self._variable("TT_EMULATOR_BUNDLES"):
            return self._folder / named
        named = config.getini("tt_emulator_bundles")
        return (config.inipath or config.rootpath / "-").parent / named if named else None

    def _started(self) -> Child:
        from tt_emulator.pytest_plugin.child import Child

        return Child(self.environment, self._folder)

    def _variable(self, name: str) -> str | None:
        """A variable as it is now, or as it was: a test may have emptied its environment."""
        return os.environ.get(name) or self.environment.get(name) or None


def _fixtures(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


def _only_shows(config: pytest.Config) -> bool:
    return any(getattr(config.option, name, False) for name in ("collectonly", "setupplan"))


def of(config: pytest.Config) -> Run:
    """The one of this configuration."""
    run = config.pluginmanager.get_plugin(NAME)
    assert isinstance(run, Run)
    return run
