"""What testers switch on in the game's page: faults, each without its player and its label."""

from collections.abc import Mapping
from typing import Any

SAVE = "setUserCloudStorage"
FRIENDS = "getFriendCloudStorage"

SWITCHES: Mapping[str, Mapping[str, Any]] = {
    "save-connect-fail": {"error": "connect-fail", "api": SAVE, "times": 1},
    "save-bare-fail": {"error": "bare-fail", "api": SAVE, "times": 1},
    "friends-auth-deny": {"error": "auth-deny", "api": FRIENDS, "times": 1},
    "friends-system-error": {"error": "system-error", "api": FRIENDS, "times": 1},
    "friends-never": {"client": "never", "api": FRIENDS, "times": 1},
    "delay": {"delay_ms": 2_000},
}
