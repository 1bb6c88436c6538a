"""What testers switch on in the game's page: faults, each without its player and its label."""

from collections.abc import Mapping
from typing import Any

SAVE = "setUserCloudStorage"
ERRORS = ("network-unavailable", "session-failure", "internal-error", "server-error")

SWITCHES: Mapping[str, Mapping[str, Any]] = {
    **{f"save-{error}": {"error": error, "api": SAVE, "times": 1} for error in ERRORS},
    "delay": {"delay_ms": 2_000},
}
