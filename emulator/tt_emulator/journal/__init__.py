"""What happened in a world: its exchanges, their counts, and the feed that tells of changes."""

from tt_emulator.journal.budget import Budget
from tt_emulator.journal.exchange import Exchange
from tt_emulator.journal.feed import Event, Feed
from tt_emulator.journal.journal import Journal

__all__ = ["Budget", "Event", "Exchange", "Feed", "Journal"]
