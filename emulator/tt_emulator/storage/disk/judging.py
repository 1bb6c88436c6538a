"""What is read from a disk meets the rules, by whose it is: a player's or the world's own."""

from collections.abc import Callable

from tt_emulator.domain.record import Record
from tt_emulator.domain.store import Rules
from tt_emulator.storage.disk.names import META

Judge = Callable[[str, Record], list[str]]
"""Takes out of the record under that name what the rules do not allow; what that was. Raises
`ValueError` if nothing of it can stay.
"""


def no_rules(name: str, record: Record) -> list[str]:
    """The judge of a storage that keeps anything."""
    return []


def judge_by(rules: Rules) -> Judge:
    """The judge by these rules."""

    def judge(name: str, record: Record) -> list[str]:
        return rules.meta(record.profile) if name == META else rules.player(name, record)

    return judge
