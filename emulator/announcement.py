"""How a server says that it is ready: lines for people, a file for programs."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from emulator.config import Settings
from emulator.errors import EmulatorError
from emulator.language import translate


def tell(settings: Settings, facts: Mapping[str, Any]) -> None:
    """Print where it is, what it keeps, and who can reach it."""
    lines = (translate(line, settings.lang) for line in _lines(settings, facts))
    print("\n".join(lines), file=sys.stderr, flush=True)


def write(path: Path, facts: Mapping[str, Any]) -> None:
    """Put the ready file there at once and whole; only its owner may read the token in it.

    Raises `EmulatorError`.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(facts, file)
        aside.replace(path)
    except OSError as error:
        raise EmulatorError(
            f"The ready file {path} cannot be written: {error.strerror}.", "Check --ready-file."
        ) from error


def remove(path: Path) -> None:
    """Take the ready file away; no error if it is gone."""
    with suppress(OSError):
        path.unlink()


def _lines(settings: Settings, facts: Mapping[str, Any]) -> Iterator[str]:
    yield f"tt-emulator {facts['version']} is ready at {facts['url']}"
    yield f"  keeps: {facts['data'] or 'nothing (ephemeral)'}"
    if settings.scenario is not None:
        yield f"  scenario: {settings.scenario}"
    if not settings.loopback:
        yield "  WARNING: other machines can reach it."
    if facts["token"]:
        yield f"  token: {facts['token']}"
