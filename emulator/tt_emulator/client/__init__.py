"""The Python client of a running emulator."""

from tt_emulator.client.answers import Armed, Difference, Replayed, Reply, Unmet, Verdict
from tt_emulator.client.events import Event
from tt_emulator.client.verbs import Client

__all__ = ["Armed", "Client", "Difference", "Event", "Replayed", "Reply", "Unmet", "Verdict"]
