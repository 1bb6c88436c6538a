"""Failure on demand: what is armed, when it matches, what it does."""

from tt_emulator.faults.decision import Decision
from tt_emulator.faults.desk import Desk

__all__ = ["Decision", "Desk"]
