"""Failure on demand: what is armed, when it matches, what it does."""

from tt_emulator.faults.decision import Decision
from tt_emulator.faults.registry import FaultRegistry

__all__ = ["Decision", "FaultRegistry"]
