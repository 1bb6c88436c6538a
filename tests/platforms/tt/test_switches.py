"""The switches of the panel in the game's page."""

import re
from pathlib import Path

import tt_emulator
from tt_emulator.platforms.tt.switches import ERRORS, SAVE, SWITCHES

TEXTS = Path(tt_emulator.__file__).parent / "web" / "runtime" / "panel-sentences.js"


def test_each_can_be_armed(bench):
    armed = bench.world.faults.arm(list(map(dict, SWITCHES.values())))

    assert len(armed) == len(SWITCHES) > 0


def test_each_error_is_one_that_the_save_documents(bench):
    documented = {
        row.name for row in bench.catalog.apis[SAVE].errors if row.evidence == "documented"
    }

    assert {*ERRORS} <= documented


def test_each_has_its_words_in_the_page():
    text = TEXTS.read_text(encoding="utf-8")

    for name in SWITCHES:
        assert re.search(rf"^  '?{name}'?: \{{ en: ", text, re.MULTILINE), name
