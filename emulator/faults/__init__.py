"""Failure on demand: what is armed, when it matches, what it does."""

from emulator.faults.decision import Decision
from emulator.faults.desk import Desk

__all__ = ["Decision", "Desk"]
