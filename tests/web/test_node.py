"""The tests that are JavaScript: each file is one test here, its output the explanation."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from process import Emulator
from tt_emulator import __version__
from tt_emulator.platforms.device.page_acts import PAGE_ONLY
from tt_emulator.platforms.tt.pages import load

pytestmark = pytest.mark.node

HERE = Path(__file__).parent
TT_JS = HERE.parent.parent / "emulator" / "tt_emulator" / "web" / "tt.js"
TT_D_TS = TT_JS.with_suffix(".d.ts")
AGAINST_THE_EMULATOR = HERE / "client.test.js"
AGAINST_A_STUB = sorted(
    file.relative_to(HERE).as_posix()
    for file in {*HERE.rglob("*.test.js"), *HERE.glob("play/*.test.mjs")} - {AGAINST_THE_EMULATOR}
)


def run(node: str, file: Path, **env: str) -> str:
    inherited = {name: value for name, value in os.environ.items() if "TT_EMULATOR" not in name}
    done = subprocess.run(
        [node, "--test-reporter=tap", str(file)],
        capture_output=True,
        encoding="utf-8",
        env=inherited | env,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("name", AGAINST_A_STUB)
def test_javascript_tests_pass(node: str, name: str) -> None:
    assert re.search(r"^# pass [1-9]", run(node, HERE / name), re.M)


def test_the_client_scenarios_pass_under_node(node: str, server: Emulator) -> None:
    assert "# skipped 0" in run(node, AGAINST_THE_EMULATOR, TT_EMULATOR_URL=server.url)


@pytest.mark.parametrize("domain", ["main", "open"])
def test_tt_js_has_the_apis_of_the_catalog_where_it_puts_them(node: str, domain: str) -> None:
    apis = sorted(
        api.name
        for api in load().apis.values()
        if domain in api.domains and api.name not in PAGE_ONLY and api.member_of is None
    )
    script = f"""
      const tt = require({json.dumps(str(TT_JS))}).createTT({{ domain: '{domain}' }});
      console.log(Object.keys(tt).filter((name) => typeof tt[name] === 'function').join(' '));
    """
    keys = subprocess.run([node, "-e", script], capture_output=True, encoding="utf-8", check=True)
    assert sorted(keys.stdout.split()) == apis


def test_the_types_have_the_apis_of_the_catalog_and_no_others() -> None:
    types = TT_D_TS.read_text(encoding="utf-8")

    def methods(interface: str) -> set[str]:
        found = re.search(rf"interface {interface} \{{(.*?)\n  \}}", types, re.S)
        assert found is not None
        return set(re.findall(r"^    (\w+)\(", found[1], re.M))

    def apis(member_of: str | None) -> set[str]:
        apis = [api for api in load().apis.values() if api.of_kind.in_game]
        return {api.name for api in apis if api.member_of == member_of}

    assert methods("TT") == apis(None) - {*PAGE_ONLY}
    assert {*PAGE_ONLY} <= methods("PageTT extends ScreenTT")
    assert methods("FileSystemManager") == apis("FileSystemManager")


def test_the_emulator_leaves_to_pages_what_tt_js_does_there(node: str) -> None:
    acts = json.dumps((TT_JS.parent / "runtime" / "page-acts.js").as_uri())
    script = f"console.log(Object.keys((await import({acts})).PAGE_ACTS).join(' '));"
    command = [node, "--input-type=module", "-e", script]
    keys = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert sorted(keys.stdout.split()) == sorted(PAGE_ONLY)


def test_tt_js_has_the_version_of_the_package() -> None:
    found = re.search(r"const VERSION = '([^']+)'", TT_JS.read_text(encoding="utf-8"))
    assert found is not None
    assert found[1] == __version__
