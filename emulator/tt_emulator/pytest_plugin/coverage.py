"""Which documented errors a run met: the sum over its worlds and workers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pytest

from tt_emulator.platforms import DEFAULT, PLATFORMS, Identity
from tt_emulator.pytest_plugin import options

if TYPE_CHECKING:
    from tt_emulator.client.fields import Cover

Json = dict[str, Any]

NAME = "tt_emulator_coverage"


class Account:
    """The plugin that is there if a report was asked for: it sums up, writes and judges."""

    def __init__(self, config: pytest.Config) -> None:
        self.ledger = Ledger(
            config.option.tt_emulator_cover_api,
            config.option.tt_emulator_cover,
            options.of_run(config) or DEFAULT.name,
        )

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Add what a worker of pytest-xdist met."""
        self.ledger.add(getattr(node, "workeroutput", {}).get(NAME))

    @pytest.hookimpl(tryfirst=True)  # before the JUnit file is written
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand the account to the controller, or write it and judge it."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput[NAME] = self.ledger.as_json()
            return
        from tt_emulator.pytest_plugin.reports import write

        write(self.ledger, session.config)
        if session.exitstatus == pytest.ExitCode.OK and not self.ledger.is_good(
            session.config.option.tt_emulator_fail_under
        ):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter, config: pytest.Config
    ) -> None:
        """Show the table."""
        from tt_emulator.pytest_plugin.reports import show

        show(self.ledger, terminalreporter, config)


def ledger(config: pytest.Config) -> Ledger | None:
    """The ledger of the run, if there is one."""
    account = config.pluginmanager.get_plugin(NAME)
    return None if account is None else account.ledger


class Ledger:
    """How often each documented error was met, with `cover` of `seen` each seen one as well.

    What counts is the errors of `apis`, or, if that is empty, of all APIs that were called. APIs go
    by their names, those of another platform than that of the run as `wx.login`.
    """

    def __init__(
        self,
        apis: Iterable[str] = (),
        cover: Cover = "documented",
        platform: str = DEFAULT.name,
    ) -> None:
        self._platform = platform
        self._apis = tuple(dict.fromkeys(apis))
        self.cover = cover
        self._rows: dict[tuple[str, str], Json] = {}
        self.calls: Counter[str] = Counter()
        self.complaints: list[str] = []

    def add_world(self, found: Json, platform: Identity) -> None:
        """Add the coverage of a world of that platform."""

        def name(api: str) -> str:
            return api if platform.name == self._platform else f"{platform.global_name}.{api}"

        rows = [{**row, "api": name(row["api"])} for row in found["coverage"]]
        calls = {name(api): count for api, count in found["calls"].items()}
        self.add({"coverage": rows, "calls": calls})

    def add(self, part: Json | None) -> None:
        """Add what a worker counted, or such a thing; None is one that died with what it knew."""
        if part is None:
            self.complaints.append("a worker died, and what its tests met is not counted")
            return
        self.calls.update(part["calls"])
        for row in part["coverage"]:
            held = self._rows.setdefault((row["api"], row["name"]), {**row, "delivered": 0})
            held["delivered"] += row["delivered"]

    def as_json(self) -> Json:
        """Everything, as `add` takes it."""
        return {"coverage": list(self._rows.values()), "calls": dict(self.calls)}

    def apis(self) -> list[str]:
        """The APIs whose errors count, sorted."""
        return sorted(self._apis or self.calls)

    def rows(self, api: str | None = None) -> list[Json]:
        """The errors that count, of one API or of all."""
        if not self._rows:
            from msgspec.structs import asdict

            from tt_emulator.platforms import load

            counted = load(PLATFORMS[self._platform]).catalog.counted(self.cover)
            none_met = [{**asdict(row), "delivered": 0} for row in counted]
            self.add({"coverage": none_met, "calls": {}})
        wanted = self.apis() if api is None else [api]
        return [row for row in self._rows.values() if row["api"] in wanted]

    def percent(self) -> float:
        """How much of what counts was met, from 0 to 100; 0 if nothing counts."""
        rows = self.rows()
        return 100 * len(met(rows)) / len(rows) if rows else 0.0

    def is_good(self, wanted_percent: float | None) -> bool:
        """Whether enough was met, and there is no complaint."""
        return not self.complaints and self.percent() >= (wanted_percent or 0)

    def summary(self) -> Json:
        """The report as JSON data."""
        rows = self.rows()
        return {
            "percent": round(self.percent(), 1),
            "covered": len(met(rows)),
            **_by_evidence(rows),
            "apis": {api: self._of(api) for api in self.apis()},
            "coverage": rows,
        }

    def _of(self, api: str) -> Json:
        rows = self.rows(api)
        missing = [row["name"] for row in rows if not row["delivered"]]
        return {
            "calls": self.calls[api],
            "covered": len(rows) - len(missing),
            **_by_evidence(rows),
            "missing": missing,
        }


def _by_evidence(rows: list[Json]) -> dict[str, int]:
    counts = Counter(row["evidence"] for row in rows)
    return {name: counts[name] for name in ("documented", "seen")}


def met(rows: list[Json]) -> list[Json]:
    """Those that were delivered at least once."""
    return [row for row in rows if row["delivered"]]
