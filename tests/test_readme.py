"""What the READMEs show is run: a `<!-- run -->` block must work and print what follows it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from shared_servers import ephemeral

ROOT = Path(__file__).parent.parent
READMES = ["README.md", "README.zh-CN.md"]
BLOCK = re.compile(r"<!-- run -->\n```sh\n(.*?)```\n(?:```json\n(.*?)```)?", re.DOTALL)

pytestmark = pytest.mark.skipif(
    shutil.which("bash") is None or shutil.which("curl") is None,
    reason="the blocks are for a shell with curl",
)


@pytest.mark.parametrize("name", READMES)
def test_each_block_prints_what_the_readme_shows(name, tmp_path):
    blocks = BLOCK.findall((ROOT / name).read_text(encoding="utf-8"))
    assert len(blocks) == 7

    with ephemeral() as running:
        for commands, shown in blocks:
            done = run(commands, running.url, tmp_path)
            assert done.returncode == 0, done.stderr
            if shown:
                assert done.stdout.splitlines()[-1] == shown.strip()


def test_both_languages_have_the_same_commands():
    fences = [
        re.findall(r"```(?:sh|powershell|json|html|python)\n(.*?)```", text, re.DOTALL)
        for text in ((ROOT / name).read_text(encoding="utf-8") for name in READMES)
    ]

    assert fences[0] == fences[1]


def test_the_python_version_is_that_of_the_package():
    wanted = re.search(r'requires-python = ">=([\d.]+)"', read("pyproject.toml"))

    assert wanted is not None
    for name in READMES:
        assert f"Python {wanted[1]}" in read(name)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def run(commands: str, url: str, folder: Path) -> subprocess.CompletedProcess[str]:
    env = os.environ | {
        "TT_EMULATOR_URL": url,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    script = "set -e\n" + commands.replace("curl ", "curl -sS ").replace(
        "localhost:8717", url.removeprefix("http://")
    )
    return subprocess.run(
        ["bash", "-c", script], check=False, capture_output=True, text=True, env=env, cwd=folder
    )
