"""A failed test leaves its story as a file, which any server can play again."""

import json
from pathlib import Path

import pytest

from plugin.suite import Suite
from shared_servers import ephemeral
from tt_emulator.cli import main
from tt_emulator.client import Client
from tt_emulator.pytest_plugin.story import name_of

FAILS = """
def test_it(tt_emulator):
    tt_emulator.fail("network-unavailable", times=1)
    assert save(tt_emulator)["errorCode"] == 999985
    tt_emulator.player("player-1", session="expired")
    assert save(tt_emulator) == OK
"""
KEEP = ("--tt-emulator-bundles", "kept")


@pytest.fixture
def kept(pytester: pytest.Pytester) -> Path:
    """The folder of `KEEP`."""
    return pytester.path / "kept"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_failed_test_leaves_a_file_that_another_server_with_other_data_finds_the_same(
    suite: Suite, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = suite(FAILS, *KEEP)
    result.assert_outcomes(failed=1)
    (file,) = kept.iterdir()
    result.stdout.fnmatch_lines(["*story of the test*", str(file), "*tt-emulator replay FILE"])
    result.stdout.fnmatch_lines(["E *AssertionError*"])

    with ephemeral("--random-seed", "7") as other:
        with Client(other.url) as client:
            client.put_player("player-1", KVDataList=[{"key": "score", "value": "9"}])
            client.fault(error="server-error")
        assert main(["replay", str(file), "--url", other.url]) == 0
        assert "all replies are the same (calls: 2)" in capsys.readouterr().out

        story = json.loads(file.read_text("utf-8"))
        story["deeds"][-1]["reply"] = {"errMsg": "setUserCloudStorage:ok"}
        file.write_text(json.dumps(story), encoding="utf-8")
        assert main(["replay", str(file), "--url", other.url]) == 1
        told = capsys.readouterr().out
        assert "setUserCloudStorage of player player-1" in told
        assert "  at /reply/errorCode: was -, now 999998\n" in told


def test_nothing_is_written_for_tests_that_did_not_fail(suite: Suite, kept: Path) -> None:
    result = suite(
        """
def test_passes(tt_emulator):
    assert save(tt_emulator) == OK

def test_skips(tt_emulator):
    pytest.skip("not today")

@pytest.mark.xfail
def test_is_expected_to(tt_emulator):
    assert save(tt_emulator) != OK

def test_has_no_emulator():
    raise AssertionError
""",
        *KEEP,
    )

    result.assert_outcomes(passed=1, skipped=1, xfailed=1, failed=1)
    assert names(kept) == []


def test_whatever_fails_a_test_beside_itself_leaves_a_file_as_well(
    suite: Suite, kept: Path
) -> None:
    result = suite(
        """
@pytest.fixture
def earlier(request):
    yield
    raise AssertionError("after the world's end")

@pytest.fixture
def later(tt_emulator):
    yield
    raise AssertionError("before the world's end")

@pytest.fixture
def broken(tt_emulator):
    save(tt_emulator)
    raise AssertionError("before the test")

def test_earlier(earlier, tt_emulator):
    save(tt_emulator)

def test_later(later, tt_emulator):
    save(tt_emulator)

def test_broken(broken):
    pass

def test_left(tt_emulator):
    save(tt_emulator)
    tt_emulator.fail("server-error", times=1)
""",
        *KEEP,
    )

    result.assert_outcomes(passed=3, errors=4)
    tests = ("broken", "earlier", "later", "left")
    assert names(kept) == [f"test_game-py-test_{name}.json" for name in tests]
    for path in kept.iterdir():
        assert json.loads(path.read_bytes())["deeds"][0]["kind"] == "call"


def test_each_failure_has_a_file_of_its_own(suite: Suite, kept: Path) -> None:
    tests = """
@pytest.mark.parametrize("level", ["a/b", "a:b", "NUL", "?*", "x" * 300])
def test_it(tt_emulator, level):
    save(tt_emulator, player=level[:9])
    raise AssertionError
"""
    suite(tests, *KEEP).assert_outcomes(failed=5)
    suite(tests, *KEEP, "-p", "xdist", "-n", "2").assert_outcomes(failed=5)

    files = list(kept.iterdir())
    players = [json.loads(file.read_bytes())["deeds"][0]["player"] for file in files]
    assert sorted(players) == sorted(["a/b", "a:b", "NUL", "?*", "x" * 9] * 2)


@pytest.mark.parametrize(
    "test", ['tests/test_a.py::test_x[a\\b|c<d>"e"]', "aux.py::test. ", f"t.py::test[{'甲' * 200}]"]
)
def test_a_file_name_is_one_everywhere(test: str) -> None:
    name = name_of(test)

    assert not set(name) & set('<>:"/\\|?*. ')
    assert name.isprintable()
    assert len(name.encode()) < 200
    assert name.upper() not in ("AUX", "CON", "NUL", "PRN")


def test_long_names_that_begin_alike_are_told_apart() -> None:
    assert name_of("t" * 300 + "a") != name_of("t" * 300 + "b")


@pytest.mark.parametrize("way", ["variable", "ini"])
def test_the_folder_may_come_from_the_environment_or_the_ini_file(
    suite: Suite, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, kept: Path, way: str
) -> None:
    if way == "ini":
        pytester.makeini("[pytest]\ntt_emulator_bundles = kept")
    else:
        monkeypatch.setenv("TT_EMULATOR_BUNDLES", "kept")
    elsewhere = FAILS.replace("(tt_emulator):", "(tt_emulator, monkeypatch, tmp_path):\n"
                              "    monkeypatch.chdir(tmp_path)")  # fmt: skip

    suite(elsewhere).assert_outcomes(failed=1)
    assert names(kept) == ["test_game-py-test_it.json"]


def test_where_no_file_can_be_the_report_says_why_and_the_failure_is_the_tests(
    suite: Suite, kept: Path
) -> None:
    kept.write_text("no folder", encoding="utf-8")
    result = suite(FAILS, *KEEP)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E *AssertionError*", f"not kept: {kept} cannot be written to: *"])


@pytest.mark.own_server
def test_where_the_server_is_gone_the_report_says_so_and_the_failure_is_the_tests(
    suite: Suite, kept: Path
) -> None:
    result = suite(
        """
def test_it(tt_emulator, tt_emulator_server):
    save(tt_emulator)
    tt_emulator_server.child.end(at_once=True)
    assert "mine" == "shown"
""",
        *KEEP,
    )

    assert result.parseoutcomes()["failed"] == 1
    result.stdout.fnmatch_lines(["E *'mine' == 'shown'*", "not kept: No tt-emulator answers at *"])
    assert names(kept) == []


def test_a_test_can_keep_its_story_itself_and_play_it_again(suite: Suite) -> None:
    result = suite("""
def test_it(tt_emulator, tmp_path):
    tt_emulator.fail("network-unavailable", times=1)
    save(tt_emulator)
    save(tt_emulator)
    story = tt_emulator.bundle(tmp_path / "story.json")
    outcome = tt_emulator.replay((tmp_path / "story.json").read_bytes())
    assert outcome and outcome.differences == []
    assert outcome.world in tt_emulator.worlds()
    assert len(tt_emulator.bundle(last=1)["deeds"]) == 1
    story["deeds"][0]["reply"] = None
    other = tt_emulator.replay(story)
    assert not other
    assert other.differences[0]["parts"][0]["pointer"] == "/reply"
""")

    result.assert_outcomes(passed=1)
