"""The account of documented errors as a table on the terminal, JSON, Markdown, JUnit properties."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tt_emulator.pytest_plugin import options
from tt_emulator.pytest_plugin.coverage import Ledger

_HEAD = ("API", "CALLS", "COVERED", "MISSING")


def write(ledger: Ledger, config: pytest.Config) -> None:
    """Write the files that were asked for; the ledger tells of those that could not be."""
    summary = ledger.summary()
    for report in options.reports(config):
        kind, _, path = report.partition(":")
        if kind == "junit":
            _add_properties(summary, config)
        elif path:
            text = _markdown(summary) if kind == "md" else json.dumps(summary, indent=2)
            try:
                Path(path).write_text(text + "\n", encoding="utf-8")
            except OSError as error:
                ledger.complaints.append(f"{path} could not be written: {error.strerror}")


def show(ledger: Ledger, terminal: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The table, and the verdict if there was a threshold."""
    summary = ledger.summary()
    if "term" in options.reports(config):
        terminal.section(f"tt-emulator: {_counted(ledger)} errors that the tests met")
        for line in _aligned([_HEAD, *_lines(summary)]):
            terminal.write_line(line)
    for complaint in ledger.complaints:
        terminal.write_line(f"FAIL: {complaint}", red=True)
    wanted = config.option.tt_emulator_fail_under
    if wanted is not None:
        enough = ledger.percent() >= wanted
        verdict = "ok" if enough else "FAIL"
        line = (
            f"{verdict}: {summary['percent']:g} % of the {_counted(ledger)} errors met,"
            f" {wanted:g} % wanted"
        )
        terminal.write_line(line, green=enough, red=not enough)
        if not summary["coverage"] and ledger.cover == "documented":
            terminal.write_line(_NONE_COUNTS)


_NONE_COUNTS = (
    "No error of these APIs is documented, so none counts;"
    " with --tt-emulator-cover seen those count that were seen."
)


def _counted(ledger: Ledger) -> str:
    return "documented" if ledger.cover == "documented" else "documented or seen"


def _share(of: dict[str, Any]) -> str:
    return f"{of['covered']}/{of['documented'] + of['seen']}"


def _lines(summary: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    lines = [
        (api, str(of["calls"]), _share(of), ", ".join(of["missing"]))
        for api, of in summary["apis"].items()
    ]
    calls = sum(of["calls"] for of in summary["apis"].values())
    return [*lines, ("total", str(calls), _share(summary), f"{summary['percent']:g} %")]


def _aligned(lines: list[tuple[str, str, str, str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return [
        f"{api:<{widths[0]}}  {calls:>{widths[1]}}  {covered:>{widths[2]}}  {missing}".rstrip()
        for api, calls, covered, missing in lines
    ]


def _markdown(summary: dict[str, Any]) -> str:
    *lines, total = _lines(summary)
    rows = [*lines, tuple(f"**{cell}**" for cell in total)]
    head = ["| API | calls | covered | missing |", "|---|--:|--:|---|"]
    return "\n".join([*head, *(f"| {' | '.join(row)} |" for row in rows)])


def _add_properties(summary: dict[str, Any], config: pytest.Config) -> None:
    from _pytest.junitxml import xml_key  # as pytest's own record_testsuite_property does

    xml = config.stash[xml_key]
    for name in ("percent", "covered", "documented", "seen"):
        xml.add_global_property(f"tt-emulator.{name}", summary[name])
    for api, of in summary["apis"].items():
        xml.add_global_property(f"tt-emulator.{api}", _share(of))
        xml.add_global_property(f"tt-emulator.{api}.missing", " ".join(of["missing"]))
