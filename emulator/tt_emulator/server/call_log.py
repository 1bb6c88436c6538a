"""The log of calls, `start --log`: a line for each that was answered, in whichever world."""

import os
from collections import deque
from collections.abc import Callable
from functools import partial
from io import FileIO
from threading import Event, Thread
from typing import Any

import msgspec

from tt_emulator import call_lines
from tt_emulator.journal import Exchange
from tt_emulator.language import translate
from tt_emulator.platforms import DEFAULT, PLATFORMS

MAX_WAITING = 1000
MAX_WAITING_BYTES = 8_000_000
"""Calls that a slow terminal has not taken yet; more are counted alone."""

END_S = 1.0
"""So long the end of a server waits for a terminal."""

_STDERR = 2
_FULL_S = 0.05


class CallLog:
    """Hands lines to `write`, in a thread of its own; nobody waits for that but `stop`.

    It ends where `write` raises OSError, as a pipe does whose reader has gone.
    """

    def __init__(self, write: Callable[[bytes], object], lang: str) -> None:
        self._write = write
        self._translate = partial(translate, language=lang)
        self._waiting: deque[Exchange | str] = deque()
        self._added_bytes = 0  # each of the two is counted by one thread
        self._taken_bytes = 0
        self._passed_over = 0
        self._came = Event()
        self._ends = False
        self._thread = Thread(target=self._run, name="call log", daemon=True)

    def add(self, exchange: Exchange) -> None:
        """Have the call printed. Never waits; one thread at a time, as under a lock."""
        waiting_bytes = self._added_bytes - self._taken_bytes
        if len(self._waiting) < MAX_WAITING and waiting_bytes < MAX_WAITING_BYTES:
            self._added_bytes += exchange.size_bytes
            self._waiting.append(exchange)
        else:
            self._passed_over += 1
        if not self._came.is_set():
            self._came.set()

    def add_text(self, text: str) -> None:
        """Have a line of the server's own printed, after the calls before it. Never waits."""
        if len(self._waiting) < 2 * MAX_WAITING:  # calls leave it room
            self._waiting.append(text)
            self._came.set()

    def start(self) -> None:
        """Print from now on, what came before included."""
        self._thread.start()

    def stop(self) -> None:
        """Print what came, if that is soon done, and nothing more."""
        self._ends = True
        self._came.set()
        if self._thread.is_alive():
            self._thread.join(END_S)

    def _run(self) -> None:
        try:
            self._print([call_lines.head(self._translate, worlds=True)])
            ends = False
            while not ends:
                self._came.wait()
                self._came.clear()
                ends = self._ends  # before what came until then is printed
                self._print(self._lines())
        except OSError:
            self._ends = True

    def _lines(self) -> list[str]:
        lines = []
        while self._waiting:
            exchange = self._waiting.popleft()
            if isinstance(exchange, str):
                lines.append(exchange)
                continue
            self._taken_bytes += exchange.size_bytes
            shown: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(exchange.view()))
            platform = PLATFORMS.get(exchange.call.platform or "", DEFAULT)
            world = exchange.call.world
            lines.append(call_lines.line(shown, platform, self._translate, world))
        passed_over, self._passed_over = self._passed_over, 0
        if passed_over:
            lines.append(self._translate(_too_slow(passed_over)))
        return lines

    def _print(self, lines: list[str]) -> None:
        if lines:
            self._write("".join(f"{line}\n" for line in lines).encode(errors="backslashreplace"))


def on_stderr(lang: str) -> CallLog:
    """The log on stderr, by a file of its own: a terminal that takes nothing would stop everybody
    who has something to say there. Raises OSError if there is no stderr.
    """
    stderr = os.fdopen(os.dup(_STDERR), "wb", buffering=0)
    return CallLog(partial(_write_all, stderr), lang)


def _write_all(file: FileIO, text: bytes) -> None:
    rest = memoryview(text)
    while rest:
        written = file.write(rest)
        if not written:  # it does not wait, and is full
            Event().wait(_FULL_S)
        rest = rest[written or 0 :]


def _too_slow(count: int) -> str:
    return f"({count:,} calls came faster than they could be printed: `tt-emulator requests`)"
