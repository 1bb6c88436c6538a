"""Fail twice, then work: as docs/faults.md writes it four ways, with the same result."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import run_docs
from shared_servers import ephemeral
from tt_emulator.client import Client

PAGE = run_docs.read("docs/faults.md")
WAYS = dict(re.findall(r"<!-- way: (\w+) -->\n```\w+\n(.*?)```", PAGE, re.DOTALL))
REPLIES = [
    json.loads(line)
    for line in re.findall(r"<!-- replies -->\n```json\n(.*?)```", PAGE, re.DOTALL)[0].splitlines()
]
NEEDS = {"curl": ("bash", "curl"), "cli": ("bash", "curl"), "python": (), "javascript": ("node",)}


def program(command: str, suffix: str) -> Callable[[str, str, Path], str]:
    def run(text: str, url: str, folder: Path) -> str:
        file = folder / f"way{suffix}"
        file.write_text(text.replace("http://localhost:8717", url), encoding="utf-8")
        shutil.copy(run_docs.ROOT / "emulator/tt_emulator/web/tt.js", folder)
        done = subprocess.run(
            [command, file],
            capture_output=True,
            encoding="utf-8",
            cwd=folder,
            env=run_docs.environment(PYTHONPATH=str(run_docs.ROOT)),
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def shell(text: str, url: str, folder: Path) -> str:
    return run_docs.run(text, url)


RUN = {
    "curl": shell,
    "cli": shell,
    "python": program(sys.executable, ".py"),
    "javascript": program("node", ".js"),
}


def replies_in(printed: str) -> list[dict[str, Any]]:
    lines = [line for line in printed.splitlines() if line.startswith('{"errMsg"')]
    return [json.loads(line) for line in lines]


def test_it_is_written_four_ways() -> None:
    assert set(WAYS) == set(RUN) == set(NEEDS)
    assert [reply["errMsg"].partition(":")[2] for reply in REPLIES] == [
        "fail network unavailable",
        "fail network unavailable",
        "ok",
    ]


@pytest.mark.parametrize(
    "way", ["curl", "cli", "python", pytest.param("javascript", marks=pytest.mark.node)]
)
def test_it_fails_twice_and_then_works(way: str, tmp_path: Path) -> None:
    for tool in NEEDS[way]:
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    with ephemeral() as running:
        printed = RUN[way](WAYS[way], running.url, tmp_path)
        came = Client(running.url).requests()

    assert replies_in(printed) == REPLIES
    assert [(one["api"], one["fault"], one["reply"]) for one in came] == [
        ("setUserCloudStorage", fault, reply)
        for fault, reply in zip(("f1", "f1", None), REPLIES, strict=True)
    ]
