"""docs/team.md: what it shows is run on a server of teams, and it names every limit."""

import json
import re
import shutil
from pathlib import Path

import pytest

import run_docs
from required_programs import program
from tenants import ROOT, TOKENS, team_server, through_sockets
from tt_emulator.server.teams_file import read
from tt_emulator.world.teams import Limits

PAGES = ["docs/team.md", "docs/team.zh-CN.md"]


@pytest.mark.skipif(
    shutil.which("bash") is None or shutil.which("curl") is None,
    reason="the blocks are for a shell with curl",
)
@pytest.mark.parametrize("page", PAGES)
def test_each_block_works_and_prints_what_the_page_shows(page: str, tmp_path: Path) -> None:
    program("jq")
    blocks = run_docs.blocks(run_docs.read(page))
    with team_server(tmp_path) as running:
        for block in blocks:
            printed = run_docs.run(
                block.commands, running.url, fails=block.fails, token=TOKENS["alpha"]
            )
            last = [line for line in printed.split("\n") if line][-1]
            assert json.loads(last) == json.loads(block.shown), block.commands

    assert len(blocks) == 3


@pytest.mark.parametrize("page", PAGES)
def test_the_file_of_the_page_can_be_used(page: str, tmp_path: Path) -> None:
    (text,) = re.findall(r"<!-- teams -->\n```toml\n(.*?)```", run_docs.read(page), re.DOTALL)
    (tmp_path / "teams.toml").write_text(text, encoding="utf-8")

    found = read(tmp_path / "teams.toml")

    assert [team.name for team in found.teams] == ["alpha", "beta"]


@pytest.mark.parametrize("page", PAGES)
def test_each_limit_has_its_row(page: str) -> None:
    rows = set(re.findall(r"^\| `(\w+)` \| ", run_docs.read(page), re.MULTILINE))

    assert set(Limits.__struct_fields__) <= rows


@pytest.mark.parametrize("page", PAGES)
def test_each_figure_of_teams_is_named(page: str, tmp_path: Path) -> None:
    with team_server(tmp_path, alpha="max_worlds = 5") as running:
        ask = through_sockets(running.port)
        text = ask("GET", "/__emulator/metrics", token=ROOT).body.decode()

    figures = set(re.findall(r"^(tt_emulator_team_\w+)\{", text, re.MULTILINE))
    assert len(figures) == 6
    assert figures <= set(re.findall(r"`(tt_emulator_team_\w+)`", run_docs.read(page)))
