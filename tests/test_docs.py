"""The reference pages: what they show is run, and they leave nothing out."""

import json
import re
import shutil
from pathlib import Path
from typing import get_args

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import fields

import run_docs
from harness import Bench, as_json
from process import emulator
from required_programs import program
from shared_servers import lasting
from tt_emulator.config import Settings
from tt_emulator.domain.settings import Host, SafeArea, System, WorldSettings
from tt_emulator.faults.kinds import KINDS
from tt_emulator.faults.spec import FaultSpec
from tt_emulator.platforms.device.phone import State
from tt_emulator.platforms.tt.document import json_schema
from tt_emulator.storage.effects import OnPlayers
from tt_emulator.wire.app import create_app
from tt_emulator.wire.guard import Guard
from tt_emulator.world.live import Written

PAGES = [
    "docs/faults.md",
    "docs/control-api.md",
    "docs/worlds.md",
    "docs/data.md",
    "docs/backend.md",
]
ACCOUNT = ["armed_at", "hits", "remaining", "completed", "expires_at", "near_miss", "matched"]


@pytest.mark.skipif(
    shutil.which("bash") is None or shutil.which("curl") is None,
    reason="the blocks are for a shell with curl",
)
@pytest.mark.parametrize("page", PAGES)
def test_each_block_works_and_prints_what_the_page_shows(
    page: str,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("reader"))
    looks_into_it = page == "docs/data.md"
    with emulator("--data", str(tmp_path)) if looks_into_it else lasting(tmp_path) as running:
        for block in run_docs.blocks(run_docs.read(page)):
            for name in ("jq", "openssl"):
                if f"{name} " in block.commands:
                    program(name)
            printed = run_docs.run(
                block.commands, running.url, fails=block.fails, data=tmp_path
            ).split("\n")
            if block.shown:
                last = [line for line in printed if line][-1]
                assert json.loads(last) == json.loads(block.shown), block.commands


def test_the_world_of_the_page_can_be_imported_and_is_as_the_page_says() -> None:
    (text,) = re.findall(
        r"<!-- world -->\n```json\n(.*?)```", run_docs.read("docs/worlds.md"), re.DOTALL
    )
    bench = Bench()
    bench.world.document.replace(text.encode())
    extra = {"sortKey": "score", "groupId": "class-1"}
    board = bench.call(
        "getCloudStorageByRelation", {"type": "group", "keyList": [], "extra": extra}
    )

    assert list(Draft202012Validator(json_schema()).iter_errors(json.loads(text))) == []
    assert [row["openid"] for row in board["data"]] == ["player-1"]
    assert bench.saved("score", player="bob") == {"score": "12"}


def test_each_kind_of_effect_in_the_log_is_explained_and_no_other() -> None:
    table = run_docs.read("docs/data.md").partition("| kind |")[2].partition("\n\n")[0]
    told = [
        name
        for row in re.findall(r"^\|([^|]+)\|", table, re.MULTILINE)
        for name in re.findall(r"`(.+?)`", row)
    ]
    effects = (*get_args(OnPlayers), *get_args(Written))

    assert sorted(told) == sorted(effect.__struct_config__.tag for effect in effects)


def test_each_kind_of_fault_has_its_section() -> None:
    wanted = [f"`{kind.family}`" + (f": `{kind.name}`" if kind.name else "") for kind in KINDS]

    assert sorted(headings("docs/faults.md")) == sorted(wanted)


def test_each_field_of_a_fault_is_explained() -> None:
    cells = re.findall(r"^\| (.*?) \|", run_docs.read("docs/faults.md"), re.MULTILINE)
    named = {word for cell in cells for word in re.findall(r"`(\w+)`", cell)}

    assert named == {*FaultSpec.__struct_fields__, *ACCOUNT, "id"}


def test_a_field_that_only_some_kinds_read_is_explained_with_their_names() -> None:
    rows = dict(
        re.findall(r"^\| `(\w+)` \|.*?\| (.*) \|$", run_docs.read("docs/faults.md"), re.MULTILINE)
    )
    readers = {
        field: {kind.name for kind in KINDS if kind.name and field in kind.fields}
        for field in FaultSpec.__struct_fields__
    }

    for field, names in readers.items():
        if names:
            assert set(re.findall(r"`(\w+)`", rows[field])) == names, field


def test_each_field_of_a_fault_is_known_to_the_testers_page() -> None:
    script = run_docs.read("emulator/tt_emulator/web/ui/logic/faults.js")

    fields_of_a_fault = {*FaultSpec.__struct_fields__}

    assert fields_of_a_fault - {*re.findall(r"\w+", script)} == set()
    assert {*re.findall(r"\bfault\.(\w+)", script)} - fields_of_a_fault - {*ACCOUNT} == set()


def test_the_account_of_a_fault_is_what_the_server_tells() -> None:
    (view,) = Bench().world.faults.arm({"delay_ms": 1})

    assert as_json(view).keys() - {*FaultSpec.__struct_fields__} == {*ACCOUNT, "id"}


SETTINGS = set(WorldSettings.__struct_fields__)
OF_THE_SERVER_ALONE = {"ranking_keys", "new_player_session", "game_panel", "backend"}


def test_each_setting_is_explained_to_testers_and_no_other() -> None:
    section = run_docs.read("docs/control-api.md").partition("### `GET /__emulator/v1/settings`")[2]
    section = section.partition("\n### ")[0]
    rows = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    named = set(re.findall(r"`(\w+)`", section))

    assert sorted(rows) == sorted(SETTINGS)
    assert named >= {
        *Host.__struct_fields__,
        *System.__struct_fields__,
        *SafeArea.__struct_fields__,
    }


def test_each_setting_is_in_the_testers_page_and_no_other() -> None:
    ui = "emulator/tt_emulator/web/ui"
    view, phone = (run_docs.read(f"{ui}/views/{name}.js") for name in ("settings", "phone"))
    texts = [run_docs.read(f"{ui}/text/{language}.js") for language in ("en", "zh")]
    switches = {each.name for each in fields(WorldSettings) if each.type is bool}
    named = set(re.findall(r"settings\??\.(\w+)", view + phone))

    assert listed(view, "SWITCHES") == switches
    assert listed(phone, "SIDES") == set(SafeArea.__struct_fields__)
    assert named == SETTINGS - switches
    for text in texts:
        assert set(re.findall(r"^  'setting\.(\w+)'", text, re.MULTILINE)) == switches


def test_each_setting_that_is_not_the_servers_alone_has_its_type_for_a_page() -> None:
    types = run_docs.read("emulator/tt_emulator/web/tt.d.ts")
    state = {*State.__struct_fields__}
    declared = re.search(r"interface State \{(.*?)\n  \}", types, re.DOTALL)
    phone = re.search(r"interface SystemInfo \{(.*?)\n  \}", types, re.DOTALL)
    host = re.search(r"^    host\?: \{(.*)\};", types, re.MULTILINE)
    assert declared is not None
    assert phone is not None
    assert host is not None

    assert state == (SETTINGS - OF_THE_SERVER_ALONE) | {"network"}
    assert set(re.findall(r"^    (\w+)\?:", declared[1], re.MULTILINE)) == state
    assert set(re.findall(r"(\w+)\?:", host[1])) == set(Host.__struct_fields__)
    assert set(re.findall(r"^    (\w+):", phone[1], re.MULTILINE)) == {
        *System.__struct_fields__,
        "appName",
        "SDKVersion",
    }


def listed(script: str, name: str) -> set[str]:
    """The texts of a list in a script."""
    found = re.search(rf"const {name} = \[(.*?)\]", script, re.DOTALL)
    assert found is not None
    return set(re.findall(r"'(\w+)'", found[1]))


def test_each_route_of_the_control_plane_has_its_section_with_an_example() -> None:
    app = create_app(Bench().engine, Guard(Settings(), None), dict)
    routes = {
        f"{method} {templated(rule.rule)}"
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/__emulator")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    sections = dict(
        section.split("\n", 1)
        for section in run_docs.read("docs/control-api.md").split("\n### ")[1:]
    )

    assert sorted(name.strip("`") for name in sections) == sorted(routes)
    for name, section in sections.items():
        (block, *_) = run_docs.blocks(section)
        assert "curl " in block.commands, name


READMES = ["README.md", "README.zh-CN.md"]
WHO_MAY_CALL = "docs/control-api.md"
DOCUMENTED = [
    *[
        (page, words)
        for page in READMES
        for words in (
            "`tt is not defined`",
            "--host 0.0.0.0 --allowed-host emulator ",
            "--allowed-host .preview.example --allow-origin 'https://*.preview.example'",
            "`TT_EMULATOR_TOKEN`",
            "`TT_EMULATOR_PORT`",
            "`tt-emulator requests --follow`",
        )
    ],
    ("README.md", "edit them only while no server runs"),
    ("README.md", "`--token` would show it in the list of processes"),
    ("README.zh-CN.md", "只能在模拟器没有运行时修改"),
    ("README.zh-CN.md", "`--token` 会出现在进程列表里"),
    ("docs/data.md", "## Read at any time, edit while no server runs"),
    ("docs/faults.md", "A reverse proxy (nginx, "),
    ("docs/faults.md", "A browser however has six connections to one server"),
    (WHO_MAY_CALL, "separate them by commas or blanks in `TT_EMULATOR_ALLOWED_HOST`"),
    (WHO_MAY_CALL, "| called from other containers | `--host 0.0.0.0 --allowed-host emulator`"),
    (WHO_MAY_CALL, "| a cloud workspace, whose proxy passes the browser's host on |"),
]


@pytest.mark.parametrize(("page", "words"), DOCUMENTED)
def test_what_nobody_finds_out_alone_is_told(page: str, words: str) -> None:
    flowing = " ".join(run_docs.read(page).split())

    assert words in flowing


def templated(rule: str) -> str:
    """`/x/<path:name>` as readers know it: `/x/{name}`."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)


def headings(page: str) -> list[str]:
    return re.findall(r"^### (.*)$", run_docs.read(page), re.MULTILINE)
