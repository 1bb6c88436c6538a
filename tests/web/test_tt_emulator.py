"""tt-emulator.mjs: its own tests, and how it gets to people."""

import re
import subprocess
from http.client import HTTPConnection
from pathlib import Path

import pytest

from process import Emulator
from tenants import TOKENS, team_server
from tt_emulator import __version__
from tt_emulator.platforms import PLATFORMS
from web.test_node import HERE, TT_JS, run

HELPER = TT_JS.with_name("tt-emulator.mjs")


@pytest.mark.node
def test_its_own_tests_pass(node: str, server: Emulator) -> None:
    output = run(node, HERE / "tt-emulator.test.mjs", TT_EMULATOR_URL=server.url)

    assert "# pass 0" not in output


@pytest.mark.parametrize("name", ["tt-emulator.mjs", "tt-emulator.d.mts"])
def test_a_server_hands_it_out(server: Emulator, name: str) -> None:
    connection = HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", f"/{name}")
    answer = connection.getresponse()

    assert answer.status == 200
    kind = "text/javascript" if name.endswith(".mjs") else "text/plain"
    assert answer.headers.get_content_type() == kind
    assert answer.read() == HELPER.with_name(name).read_bytes()
    connection.close()


def test_it_has_the_version_of_the_package() -> None:
    found = re.search(r"const VERSION = '([^']+)'", HELPER.read_text(encoding="utf-8"))

    assert found is not None
    assert found[1] == __version__


def test_it_knows_the_platforms_of_the_package() -> None:
    found = re.search(r"const PLATFORMS = (\[.*\]);", HELPER.read_text(encoding="utf-8"))

    assert found is not None
    assert found[1] == str([*PLATFORMS])


def names(text: str, pattern: str) -> set[str]:
    return set(re.findall(pattern, text, re.MULTILINE))


@pytest.mark.node
def test_its_types_have_the_verbs_that_it_has(node: str) -> None:
    types = HELPER.with_suffix(".d.mts").read_text(encoding="utf-8")
    interface = types.partition("export interface Emulator ")[2].partition("\n}")[0]
    script = (
        f"import {{ createEmulator }} from {str(HELPER.as_uri())!r};"
        "console.log(Object.keys(createEmulator()).join(' '))"
    )
    keys = subprocess.run(
        [node, "--input-type=module", "-e", script],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert set(keys.stdout.split()) == names(interface, r"^  (?:readonly )?(\w+)[:(]")


def test_its_types_have_the_fields_of_a_fault() -> None:
    from tt_emulator.faults.spec import FaultSpec

    types = HELPER.with_suffix(".d.mts").read_text(encoding="utf-8")
    interface = types.partition("export interface FaultFields ")[2].partition("\n}")[0]

    assert names(interface, r"^  (\w+)\?:") == set(FaultSpec.__struct_fields__)


def test_its_types_have_the_kinds_of_faults() -> None:
    from tt_emulator.faults.kinds import NAMED

    types = HELPER.with_suffix(".d.mts").read_text(encoding="utf-8")
    declared = {
        field: re.findall(r"'(\w+)'", types.partition(f"export type {name} =")[2].partition(";")[0])
        for field, name in re.findall(r"^  (wire|client)\?: (\w+);", types, re.MULTILINE)
    }

    assert declared == {family: list(kinds) for family, kinds in NAMED.items()}


def test_tt_js_carries_out_each_misbehaviour_and_no_other() -> None:
    from tt_emulator.faults.kinds import NAMED

    script = TT_JS.read_text(encoding="utf-8")
    body = script.partition("const CLIENT_FAULTS = {\n")[2].partition("\n};")[0]

    assert re.findall(r"^  (\w+)\(", body, re.MULTILINE) == list(NAMED["client"])


@pytest.mark.node
def test_with_the_token_of_a_team_it_plays_in_worlds_of_the_team(node: str, tmp_path: Path) -> None:
    with team_server(tmp_path) as running:
        variables = {"TT_EMULATOR_URL": running.url, "TT_EMULATOR_TOKEN": TOKENS["alpha"]}

        assert re.search(r"^# pass [1-9]", run(node, HERE / "teams.test.mjs", **variables), re.M)
