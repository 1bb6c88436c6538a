"""The launcher with a small program in the place of the emulator, whose wheel is made here."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from zipfile import ZipFile

import pytest

import run_docs

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no signals and no such scripts")

BIN = run_docs.ROOT / "npm" / "bin"
VERSION = "1.2.3"
WHEEL = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
SCRIPTS = "[console_scripts]\ntt-emulator = tt_emulator.cli:main\n"
PROGRAM = {
    "__init__.py": "",
    "__main__.py": "import sys; exec(sys.argv[1])",
    "cli.py": "",
    "server.py": "",
}
WHERE = "print(sys.prefix)"
INSTALLING = f"tt-emulator {VERSION} is being installed in "
PATIENCE_S = 60

Files = Mapping[str, str]


class Launcher(NamedTuple):
    """`tt-emulator CODE` runs that Python code, in an environment below `cache`."""

    command: list[str]
    env: dict[str, str]
    cache: Path

    def run(
        self, *args: str, stdin: str | None = None, cwd: Path | None = None, **env: str
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*self.command, *args],
            env=self.env | env,
            cwd=cwd,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE_S,
            check=False,
        )

    @contextmanager
    def running(
        self, *args: str, env: Mapping[str, str] = MappingProxyType({}), **options: Any
    ) -> Iterator["subprocess.Popen[str]"]:
        """Started, with pipes; killed at the end of the block if it still runs."""
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        with subprocess.Popen(
            [*self.command, *args], env=self.env | env, encoding="utf-8", **(pipes | options)
        ) as child:
            try:
                yield child
            finally:
                child.kill()

    @property
    def folder(self) -> Path:
        (found,) = (self.cache / "tt-emulator").iterdir()
        return found

    def environments(self) -> list[Path]:
        return list(self.folder.glob("*/tt-emulator"))


def write_wheel(folder: Path, **metadata: str) -> None:
    more = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in metadata.items())
    pack(folder, "tt_emulator", VERSION, more, PROGRAM, {"entry_points.txt": SCRIPTS})


def write_library(folder: Path, version: str) -> None:
    """The wheel of a package that the program may require, which tells its version."""
    folder.mkdir(parents=True, exist_ok=True)
    pack(folder, "library", version, "", {"__init__.py": f"VERSION = '{version}'"}, {})


def pack(folder: Path, name: str, version: str, more: str, modules: Files, about: Files) -> None:
    info = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{more}"
    files = {f"{name}/{module}": text for module, text in modules.items()}
    about = {"METADATA": metadata, "WHEEL": WHEEL, **about}
    files |= {f"{info}/{file}": text for file, text in about.items()}
    files[f"{info}/RECORD"] = "".join(f"{file},,\n" for file in [*files, f"{info}/RECORD"])
    with ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        for file, text in files.items():
            wheel.writestr(file, text)


def write_script(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
