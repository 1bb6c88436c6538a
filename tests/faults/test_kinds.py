"""What each kind of fault says of itself, where all that lists the kinds takes it from."""

import pytest

from harness import Bench
from tt_emulator.errors import Flaw, Unprocessable
from tt_emulator.faults.effect import FaultEffect
from tt_emulator.faults.kinds import KINDS, NAMED
from tt_emulator.faults.spec import FaultSpec

FIELDS = set(FaultSpec.__struct_fields__)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_kind_says_what_it_does_and_what_the_game_sees_of_it(kind: type[FaultEffect]) -> None:
    assert kind.title.strip()
    assert kind.symptom.strip()
    assert {kind.family, *kind.fields} <= FIELDS


def test_no_two_kinds_are_asked_for_alike() -> None:
    assert len({(kind.family, kind.name) for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("family", NAMED)
def test_a_name_that_is_of_no_kind_is_refused_with_the_nearest(bench: Bench, family: str) -> None:
    *_, name = NAMED[family]

    with pytest.raises(Unprocessable) as caught:
        bench.world.faults.arm({family: f"{name}x"})

    (flaw,) = caught.value.flaws
    assert flaw == Flaw(f"/{family}", f"unknown {family} fault '{name}x'; did you mean {name}?")
