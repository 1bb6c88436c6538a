"""Which programs of the PATH the launcher takes, and that it takes them from nowhere else."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from npm.launcher import BIN, posix, write_script
from required_programs import program

pytestmark = pytest.mark.node

MODULE = (BIN / "python.mjs").as_uri()
STORE = "echo 'Python was not found; run without arguments to install' >&2; exit 49"


def evaluate(expression: str, cwd: Path | None = None, **env: str) -> object:
    code = f"import * as python from '{MODULE}'; console.log(JSON.stringify({expression} ?? null))"
    done = subprocess.run(
        [program("node"), "--input-type=module", "-e", code],
        cwd=cwd,
        env=os.environ | env,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(done.stdout)


@posix
def test_what_is_called_python_and_is_none_or_too_old_is_passed_over(tmp_path: Path) -> None:
    for name, script in {"python3": STORE, "python": "exit 1", "python3.14": "exit 0"}.items():
        write_script(tmp_path / name, script)

    assert evaluate("python.findPython()", PATH=str(tmp_path)) == [str(tmp_path / "python3.14")]


@posix
def test_what_is_no_program_is_passed_over(tmp_path: Path) -> None:
    first, second, third = (tmp_path / name for name in ("first", "second", "third"))
    (first / "uv").mkdir(parents=True)
    second.mkdir()
    (second / "uv").write_text("no program", encoding="utf-8")
    third.mkdir()
    write_script(third / "uv", "exit 0")

    path = os.pathsep.join(map(str, (first, second, third)))
    assert evaluate("python.findUv()", PATH=path) == str(third / "uv")


@posix
@pytest.mark.parametrize("path", ["", ".", "bin", ":/nowhere:./bin:"])
def test_the_working_directory_is_not_looked_in(tmp_path: Path, path: str) -> None:
    (tmp_path / "bin").mkdir()
    for folder in (tmp_path, tmp_path / "bin"):
        for name in ("uv", "python3", "python"):
            write_script(folder / name, "exit 0")

    found = evaluate("[python.findUv() ?? null, python.findPython() ?? null]", tmp_path, PATH=path)

    assert found == [None, None]


def places(name: str, path: str, platform: str) -> object:
    return evaluate(f"python.places(...{json.dumps([name, path, platform])})")


def test_in_windows_a_program_is_looked_for_in_the_absolute_folders_of_the_path() -> None:
    path = r'C:\Windows;.;;node_modules\.bin;C:here;"D:\Program Files\uv";\\server\tools'

    assert places("uv", path, "win32") == [
        r"C:\Windows\uv.com",
        r"C:\Windows\uv.exe",
        r"D:\Program Files\uv\uv.com",
        r"D:\Program Files\uv\uv.exe",
        r"\\server\tools\uv.com",
        r"\\server\tools\uv.exe",
    ]


def test_elsewhere_a_name_is_looked_for_as_it_is() -> None:
    assert places("uv", '/usr/bin:.::bin:/a "b";c', "linux") == ["/usr/bin/uv", '/a "b";c/uv']
