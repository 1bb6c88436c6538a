"""A timer of a loop whose time a test moves."""

from collections.abc import Callable


class Timer:
    """What `call_later` gives."""

    def __init__(self, due_s: float, act: Callable[[], None]) -> None:
        self.due_s = due_s
        self.act = act
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True
