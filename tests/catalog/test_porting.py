"""The page for people who port names APIs of the platform in whose column they stand."""

import json
import re
import subprocess
from pathlib import Path

import pytest

import run_docs
from required_programs import program
from tt_emulator import platforms
from tt_emulator.catalog import load_from

FOLDER = Path(platforms.__file__).parent
PAGES = ["docs/porting.md", "docs/porting.zh-CN.md"]
API = re.compile(r"\b(?:get|set|remove|modify)[A-Z]\w+")


def columns(page: str) -> dict[str, set[str]]:
    """The APIs that the table names, by platform."""
    rows = [
        re.split(r" ?\| ?", line.strip("| "))
        for line in run_docs.read(page).splitlines()
        if line.startswith("|")
    ]
    return {
        name: {
            api for row in rows for cell in row[number : number + 1] for api in API.findall(cell)
        }
        for number, name in ((1, "tt"), (2, "wx"))
    }


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("platform", ["tt", "wx"])
def test_each_named_api_is_in_the_catalog_of_its_column(page: str, platform: str) -> None:
    named = columns(page)[platform]

    assert len(named) >= 7
    assert named <= load_from(FOLDER / platform).apis.keys()


def test_both_languages_name_the_same() -> None:
    assert columns(PAGES[0]) == columns(PAGES[1])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("there", "called"),
    [
        ("tt", ["getCloudStorageByRelation", {"type": "friend", "keyList": ["score"]}]),
        ("wx", ["getFriendCloudStorage", {"keyList": ["score"]}]),
    ],
)
def test_the_source_for_both_calls_what_is_there(page: str, there: str, called: list) -> None:
    (block,) = re.findall(r"```js\n(.*?)```", run_docs.read(page), re.DOTALL)
    recorder = (
        f"globalThis.{there} = new Proxy({{}}, {{ get: (_, name) => (options) =>"
        " console.log(JSON.stringify([name, options])) });\n"
    )
    printed = subprocess.run(
        [program("node"), "-e", recorder + block],
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=30,
    ).stdout

    assert json.loads(printed) == called
