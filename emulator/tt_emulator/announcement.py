"""How a server says how far its start is: lines for people, a file for programs."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any, TextIO
from urllib.parse import quote, urlsplit

from tt_emulator import whole_file
from tt_emulator.config import Settings
from tt_emulator.errors import EmulatorError
from tt_emulator.language import translate
from tt_emulator.terminal import escaped

_OWN = ("url", "host", "port", "pid", "version", "data")

SILENT_S = 2.0
EACH_S = {True: 0.2, False: 5.0}
"""How often something new is printed, on a terminal and elsewhere."""


class Progress:
    """Says how far a start is that takes long: on a terminal in one line, else now and then."""

    def __init__(self, stream: TextIO, lang: str, clock_s: Callable[[], float] = monotonic) -> None:
        self._stream = stream
        self._lang = lang
        self._clock_s = clock_s
        self._terminal = stream.isatty()
        self._next_s = clock_s() + SILENT_S
        self._printed = False

    def update(self, done: int, count: int) -> None:
        """So many of `count` players are in place."""
        if self._clock_s() < self._next_s:
            return
        self._next_s = self._clock_s() + EACH_S[self._terminal]
        self._printed = True
        words = translate(_how_far(done, count), self._lang)
        self._stream.write(f"\r{words}" if self._terminal else f"{words}\n")
        self._stream.flush()

    def end(self) -> None:
        """Nothing more will be printed."""
        if self._printed and self._terminal:
            self._stream.write("\n")


def announce(
    settings: Settings,
    facts: Mapping[str, Any],
    seeded: int | None = None,
    names: str | None = None,
) -> None:
    """Print where it is, what it keeps, and who can reach it.

    `seeded` is with how many players the world was seeded, `None` if it was there before; `names`
    is by which the package that is played sees the platform, and why.
    """
    lines = (translate(line, settings.lang) for line in _lines(settings, facts, seeded, names))
    print("\n".join(map(escaped, lines)), file=sys.stderr, flush=True)


def print_line(line: str, lang: str) -> None:
    """Print one of our lines while the server runs."""
    print(escaped(translate(line, lang)), file=sys.stderr, flush=True)


def instance(facts: Mapping[str, Any]) -> str:
    """What only the server of these facts says of itself in `/health`; the token does not enter."""
    from hashlib import blake2b

    text = json.dumps([facts.get(name) for name in _OWN])
    return blake2b(text.encode(), digest_size=8).hexdigest()


def write(path: Path, facts: Mapping[str, Any]) -> None:
    """Put the ready file there at once and whole; only its owner may read the token in it.

    Raises `EmulatorError`, also where a link, a folder or a device is in its place.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        reason = "it is no plain file"
        if path.is_symlink():
            reason = "it is a link, which is not followed"
        raise EmulatorError(
            f"The ready file {path} cannot be written: {reason}.",
            "Remove it, or name another path by --ready-file.",
        )
    try:
        whole_file.write(path, json.dumps(facts).encode(), 0o600)
    except OSError as error:
        raise EmulatorError(
            f"The ready file {path} cannot be written: {error.strerror}.", "Check --ready-file."
        ) from error


def remove(path: Path, facts: Mapping[str, Any]) -> None:
    """Take the ready file away if it still says `facts`, and not where another server is."""
    with suppress(OSError, ValueError):
        if not path.is_symlink() and json.loads(path.read_bytes()) == facts:
            path.unlink()


def _lines(
    settings: Settings, facts: Mapping[str, Any], seeded: int | None, names: str | None
) -> Iterator[str]:
    yield f"tt-emulator {facts['version']} is ready at {facts['url']}"
    if "game" in facts:
        yield f"  game: {facts['game']}"
        yield f"  package: {settings.play} (sees {names})"
        yield f"  player's page: {_page(facts, 'play')}"
    yield f"  tester's page: {_page(facts, 'ui')}"
    if settings.shared is None:
        yield f"  keeps: {facts['data'] or 'nothing (ephemeral)'}"
    else:
        yield f"  keeps: what its team shares at {_without_secrets(settings.shared)}"
    if settings.scenario is not None:
        yield f"  scenario: {settings.scenario}"
    if settings.seed_world is not None and seeded is None:
        yield f"  seed world: {settings.seed_world} (not read in: the data holds a world already)"
        reset = f"tt-emulator reset --url {facts['url']}"
        yield f"    to begin with it: {reset}, or start with --data OTHER"
    elif settings.seed_world is not None:
        yield f"  seed world: {settings.seed_world} (players: {seeded:,})"
    yield from _who_can_reach_it(settings)
    if facts["token"]:
        yield f"  token: {facts['token']}"


def _without_secrets(url: str) -> str:
    address = urlsplit(url)
    return address.netloc.rpartition("@")[2] or address.path


def _who_can_reach_it(settings: Settings) -> Iterator[str]:
    if settings.teams is not None:
        yield f"  teams: {settings.teams}"
    if settings.loopback:
        return
    if settings.teams is None:
        yield "  WARNING: other machines can reach it, and read and write every player."
    else:
        yield "  WARNING: other machines can reach it; tokens travel in the open, without TLS."


def _how_far(done: int, count: int) -> str:
    return f"filling the world: {done:,} of {count:,} players ({done / count:.0%})"


def _page(facts: Mapping[str, Any], name: str) -> str:
    """The address of a page of the emulator's, which unlocks it where there is a lock."""
    return f"{facts['url']}/__emulator/{name}/" + (
        f"#token={quote(facts['token'])}" if facts["token"] else ""
    )
