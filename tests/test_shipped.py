"""The files that come with the emulator go by a name, wherever it is installed."""

import sys
import tomllib
from pathlib import Path

import pytest

from process import spawn
from shared_servers import ephemeral
from tt_emulator import shipped
from tt_emulator.client import Client
from tt_emulator.errors import SeedError, SettingsError
from tt_emulator.faults import scenario

ROOT = Path(__file__).parent.parent
KINDS = ("scenarios", "worlds")


@pytest.mark.parametrize("kind", KINDS)
def test_a_bare_name_is_the_file_of_that_name(
    kind: shipped.Kind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = sorted((ROOT / "fixtures" / kind).glob("*.json"))

    assert files
    assert [shipped.located(kind, Path(file.stem)) for file in files] == files
    assert shipped.located(kind, Path("nope")) == Path("nope")
    assert shipped.located(kind, tmp_path / files[0].stem) == tmp_path / files[0].stem


def test_a_file_that_is_there_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("slow-evening").write_text("[]", encoding="utf-8")

    assert scenario.load(Path("slow-evening")).faults == []


def test_a_folder_of_that_name_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("slow-evening").mkdir()

    assert scenario.load(Path("slow-evening")).faults


@pytest.mark.parametrize("kind", KINDS)
def test_a_wheel_has_them_inside(
    kind: shipped.Kind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    inside = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    file = tmp_path / inside[f"fixtures/{kind}"] / "x.json"
    file.parent.mkdir(parents=True)
    file.touch()
    monkeypatch.setattr(shipped, "_PACKAGE", tmp_path / "tt_emulator")

    assert shipped.files(kind) == {"x": file}


def test_a_server_starts_with_a_scenario_and_a_world_by_name() -> None:
    flags = ("--scenario", "slow-evening", "--seed-world", "small")
    with ephemeral(*flags) as running, Client(running.url) as client:
        assert len(client.players()) == 3
        assert len(client.faults()) == len(scenario.load(Path("slow-evening")).faults)


def test_a_name_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(SettingsError) as caught:
        scenario.load(Path("slow-evning"))

    assert caught.value.hint == shipped.offer("scenarios")
    child = spawn("exec", "--seed-world", "smal", "--", sys.executable)
    _, err = child.communicate(timeout=30)
    assert child.returncode == SeedError.exit_code
    assert err.endswith(
        "hint: Name a file, or one that comes with the emulator: small, thirty-friends,"
        " wechat-friends.\n"
    )
