"""The switches of the panel in the game's page."""

from tt_emulator.platforms.tt.switches import ERRORS, SAVE, SWITCHES


def test_each_can_be_armed(bench):
    armed = bench.world.faults.arm(list(map(dict, SWITCHES.values())))

    assert len(armed) == len(SWITCHES) > 0


def test_each_error_is_one_that_the_save_documents(bench):
    documented = {
        row.name for row in bench.catalog.apis[SAVE].errors if row.evidence == "documented"
    }

    assert {*ERRORS} <= documented
