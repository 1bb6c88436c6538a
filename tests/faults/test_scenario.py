import json

import pytest

from tt_emulator.errors import SettingsError
from tt_emulator.faults import scenario
from tt_emulator.faults.scenario import Scenario, Words

FAULT = {"error": "network-unavailable"}


def file_of(folder, content):
    path = folder / "弱网.json"
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder, content):
    path = file_of(folder, content)
    with pytest.raises(SettingsError) as caught:
        scenario.load(path)
    assert caught.value.exit_code == 2
    assert caught.value.hint
    start, _, flaw = caught.value.detail.partition(" cannot be used: ")
    assert start == f"The scenario file {path}"
    return flaw


def test_a_scenario_has_a_name_a_description_and_faults(tmp_path):
    words = {"en": "Weak", "zh": "弱网"}
    path = file_of(tmp_path, {"name": words, "description": words, "faults": [FAULT]})

    both = Words("Weak", "弱网")
    assert scenario.load(path) == Scenario(name=both, description=both, faults=[FAULT])


@pytest.mark.parametrize("content", [{"faults": [FAULT]}, [FAULT], {"name": "", "faults": [FAULT]}])
def test_only_the_faults_are_needed(tmp_path, content):
    assert scenario.load(file_of(tmp_path, content)) == Scenario(faults=[FAULT])


def test_the_mark_that_some_editors_put_first_is_no_flaw(tmp_path):
    assert scenario.load(file_of(tmp_path, '\ufeff{"faults": []}')) == Scenario(faults=[])


FLAWS = [
    ({}, "Object missing required field faults."),
    ({"faults": [], "nam": "x"}, "/nam: unknown field 'nam'; did you mean name?."),
    ({"faults": [], "name": {"en": "x"}}, "/name: Object missing required field zh."),
    ({"faults": [], "name": {"en": "x", "zh": "y", "de": "z"}}, "/name/de: unknown field 'de'."),
    ({"faults": FAULT}, "/faults: Expected array, got object."),
    ([FAULT, 1], "/faults/1: Expected object, got int."),
    (1, "Expected object, got int."),
]


@pytest.mark.parametrize(("content", "flaw"), FLAWS)
def test_what_is_no_scenario_is_refused_with_its_place(tmp_path, content, flaw):
    assert refusal(tmp_path, content) == flaw


@pytest.mark.usefixtures("uncollected")
@pytest.mark.parametrize("text", ["", "{", '{"faults": [], "faults": []}', "[" * 100_000])
def test_what_is_not_json_or_says_a_thing_twice_is_refused(tmp_path, text):
    assert refusal(tmp_path, text).startswith("it is not JSON in UTF-8: ")


def test_another_encoding_is_refused(tmp_path):
    path = tmp_path / "gbk.json"
    path.write_bytes('[{"label": "弱网"}]'.encode("gbk"))

    with pytest.raises(SettingsError, match="not JSON in UTF-8"):
        scenario.load(path)


def test_a_folder_or_nothing_cannot_be_read(tmp_path):
    for path in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(SettingsError, match="cannot be used: "):
            scenario.load(path)


def test_its_faults_take_the_place_of_all_others(bench, arm, tmp_path):
    arm(error="internal-error")
    scenario.arm(file_of(tmp_path, [FAULT]), "tt", bench.world.faults.replace)

    assert [view.error for view in bench.world.faults.views()] == ["network-unavailable"]


def test_a_fault_that_cannot_be_is_told_with_the_file_and_nothing_changes(bench, arm, tmp_path):
    kept = arm(error="internal-error")
    path = file_of(tmp_path, [FAULT, {"error": "x"}])

    with pytest.raises(SettingsError, match=r"弱网\.json cannot be used: /1/error: unknown error"):
        scenario.arm(path, "tt", bench.world.faults.replace)
    assert bench.world.faults.views() == [kept]
