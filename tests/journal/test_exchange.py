import pytest

from harness import as_json
from tt_emulator.domain.outgoing import Answer
from tt_emulator.journal.exchange import MAX_KEPT_BYTES
from tt_emulator.journal.match import Match


@pytest.fixture
def broken(bench, monkeypatch):
    """A call that the emulator itself fails to answer."""

    def raise_(turn):
        raise RuntimeError("a bug")

    monkeypatch.setitem(bench.platform.services, "login", raise_)
    with pytest.raises(RuntimeError, match="a bug"):
        bench.call("login")
    return bench


def test_a_failure_of_the_emulator_is_an_outcome_of_its_own(broken):
    count = broken.world.journal.count

    assert count(Match(error="emulator-failure")) == 1
    assert count(Match(error="lost")) == count(Match(ok=True)) == 0


def test_a_failure_of_the_emulator_shows_its_cause_and_no_reply(broken):
    (exchange,) = broken.world.journal.find()

    view = as_json(exchange.view())

    assert view["reason"] == "the emulator failed: RuntimeError('a bug')"
    assert view["reply"] is None
    assert view["answered_at"] is not None


def test_a_failure_of_the_emulator_covers_no_documented_error(broken):
    assert not any(row.delivered for row in broken.world.coverage())


def test_of_an_answer_that_is_very_large_the_journal_keeps_the_size(bench):
    bench.outcome = Answer(200, {"X-A": "b"}, b"x" * MAX_KEPT_BYTES)

    body = bench.call("request", {"url": "http://localhost/"})

    assert len(body["data"]) == MAX_KEPT_BYTES
    kept = bench.world.journal.find()[0].view().reply
    assert kept == body | {"data": f"[{MAX_KEPT_BYTES + 2} bytes, not kept]"}
