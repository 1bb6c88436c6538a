"""Shell completion, as the READMEs tell to switch it on."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import run_docs
from process import Emulator
from tt_emulator.cli import VERBS
from tt_emulator.client import Client
from tt_emulator.platforms import PLATFORMS, load

PROGRAM = Path(sys.executable).with_name("tt-emulator")


def offered(typed: str) -> list[str]:
    """What the words could go on with, the last of them being typed."""
    words = typed.split(" ")
    done = subprocess.run(
        [PROGRAM],
        env=os.environ
        | {
            "_TT_EMULATOR_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(words),
            "COMP_CWORD": str(len(words) - 1),
        },
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return re.findall(r"plain,(\S+)", done.stdout)


def test_verbs_are_offered() -> None:
    assert offered("tt-emulator ") == [verb.name for verb in VERBS]
    assert offered("tt-emulator fa") == ["fault"]
    assert offered("tt-emulator fault ") == ["add", "load", "save", "list", "order", "rm", "clear"]


def test_flags_and_their_values_are_offered() -> None:
    assert offered("tt-emulator fault add --mo") == ["--moment"]
    assert offered("tt-emulator fault add --moment ") == ["before", "after"]
    assert "--open" in offered("tt-emulator start --o")
    assert "--open" in offered("tt-emulator start --port 0 --")


@pytest.mark.parametrize("platform", PLATFORMS)
def test_apis_and_errors_of_the_worlds_platform_are_offered(
    server: Emulator, new_world: str, platform: str
) -> None:
    catalog = load(PLATFORMS[platform]).catalog
    with Client(server.url, new_world, platform=platform) as client:
        client.reset([])
    there = f"--url {server.url} --world {new_world}"

    for verb in ("fault add", "requests", "verify", "coverage", "errors"):
        words = f"tt-emulator {verb} {there} --api get"
        assert offered(words) == [name for name in catalog.struck if name.startswith("get")]
    names = {row.name for row in catalog.rows() if row.name.startswith("s")}
    assert offered(f"tt-emulator fault add {there} s") == sorted(names)


def test_where_no_server_is_it_is_the_platform_that_is_named_or_the_usual_one() -> None:
    nobody = "--url http://127.0.0.1:1"

    assert "setImRankData" in offered(f"tt-emulator fault add {nobody} --api set")
    assert offered("tt-emulator errors --platform wx --api modify") == [
        "modifyFriendInteractiveStorage"
    ]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_is_given_its_script_as_the_page_says(shell: str) -> None:
    line = f"_TT_EMULATOR_COMPLETE={shell}_source tt-emulator"
    assert all(line in run_docs.read(name) for name in ("README.md", "README.zh-CN.md"))

    done = subprocess.run(
        [PROGRAM],
        env=os.environ | {"_TT_EMULATOR_COMPLETE": f"{shell}_source"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert f"_TT_EMULATOR_COMPLETE={shell}_complete" in done.stdout


@pytest.mark.skipif(shutil.which("bash") is None, reason="it is for bash")
def test_bash_takes_it() -> None:
    script = 'eval "$(_TT_EMULATOR_COMPLETE=bash_source tt-emulator)"; complete -p tt-emulator'
    path = f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script],
        env=os.environ | {"PATH": path},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert "_tt_emulator_completion tt-emulator" in done.stdout
