"""Runs what a page shows: a `<!-- run -->` block must work and print the JSON that follows it."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent

_BLOCK = re.compile(r"<!-- run(: fails)? -->\n```sh\n(.*?)```\n(?:```json\n(.*?)```)?", re.DOTALL)


class Block(NamedTuple):
    """`fails`: an HTTP error is what the commands are to show."""

    fails: bool
    commands: str
    shown: str


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str) -> list[Block]:
    found = _BLOCK.findall(text)
    return [Block(bool(fails), commands, shown.strip()) for fails, commands, shown in found]


def environment(**more: str) -> dict[str, str]:
    """The environment of this process without settings of an emulator, and with `more`."""
    kept = {name: value for name, value in os.environ.items() if "TT_EMULATOR" not in name}
    return kept | {"PYTHONUTF8": "1"} | more


def run(
    commands: str,
    url: str,
    *,
    fails: bool = False,
    data: Path | None = None,
    token: str | None = None,
) -> str:
    """What the commands print under bash, line by line; fails if one of them does.

    `data` is where the server keeps its worlds, `token` what it asks for. What they write goes to
    the folder of the moment.
    """
    more = {} if token is None else {"TT_EMULATOR_TOKEN": token}
    curl = "curl -sS -w '\\n' " + ("" if fails else "--fail-with-body ")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    script = "set -eo pipefail\n" + commands.replace("curl ", curl)
    script = script.replace("fixtures/", f"{shlex.quote(ROOT.as_posix())}/fixtures/")
    if data is not None:
        script = script.replace(".tt-emulator/", f"{shlex.quote(data.as_posix())}/")
    done = subprocess.run(
        ["bash", "-c", script.replace("localhost:8717", url.removeprefix("http://"))],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env=environment(TT_EMULATOR_URL=url, PATH=path, **more),
    )
    assert done.returncode == 0, f"{commands}\n{done.stdout}\n{done.stderr}"
    return done.stdout
