"""The Python client of a running emulator."""

from emulator.client.answers import Armed, Reply, Unmet, Verdict
from emulator.client.events import Event
from emulator.client.verbs import Client

__all__ = ["Armed", "Client", "Event", "Reply", "Unmet", "Verdict"]
