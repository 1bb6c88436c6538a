"""The Python client of a running emulator."""

from emulator.client.verbs import Client, Reply

__all__ = ["Client", "Reply"]
