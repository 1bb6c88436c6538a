"""What is read from a disk meets the rules, by whose it is: a player's, the world's own, or the
rest of what a log says.
"""

from collections.abc import Callable
from typing import NamedTuple

from tt_emulator.domain.record import Record
from tt_emulator.domain.store import Rules
from tt_emulator.storage.disk.names import META


class Judge(NamedTuple):
    """`record` takes out of the record under that name what the rules do not allow; what that was.
    Both raise `ValueError` if nothing of it can stay.
    """

    record: Callable[[str, Record], list[str]]
    life: Callable[[bytes], None]


NO_RULES = Judge(lambda name, record: [], lambda effect: None)
"""The judge of a storage that keeps anything."""


def judge_by(rules: Rules) -> Judge:
    """The judge by these rules."""

    def record(name: str, found: Record) -> list[str]:
        return rules.meta(found.profile) if name == META else rules.player(name, found)

    return Judge(record, rules.life)
