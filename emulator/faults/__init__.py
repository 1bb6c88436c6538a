"""Failure on demand: what is armed, when it matches, what it does."""

from emulator.faults.desk import NO_FAULT, Decision, Desk

__all__ = ["NO_FAULT", "Decision", "Desk"]
