"""The language of a response: what the request's Accept-Language asks for, else English."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from tt_emulator.language import CHINESE, ENGLISH, translate

CONTENT_LANGUAGE = "Content-Language"
"""Stands on each response with texts for people; such a response varies with Accept-Language."""

MAX_READ = 1000

_TEXTS = frozenset({"reason", "near_miss", "differences", "notice", "trouble", "comment"})
_VIEWS = frozenset(
    {"", "faults", "requests", "log", "entries", "_emulator", "set_aside", "edited"}
)  # log, entries and _emulator are HAR's


RawHeaders = Sequence[tuple[bytes, bytes]]
"""The headers of a request as they came, their names in lower case."""


def accept_language(headers: RawHeaders) -> str | None:
    """The Accept-Language of a request, several as one; look only for a response with a text."""
    values = [value.decode("latin-1") for name, value in headers if name == b"accept-language"]
    return ",".join(values) if values else None


def preferred_language(header: str | None) -> str:
    """The language that an Accept-Language header prefers, by its q-values.

    Of a long one only the elements in its first `MAX_READ` characters count.
    """
    if header is None:
        return ENGLISH
    if len(header) > MAX_READ:
        header = header[:MAX_READ].rpartition(",")[0]
    return _preferred(header) if CHINESE in header.lower() else ENGLISH


@lru_cache(maxsize=64)
def _preferred(header: str) -> str:
    from werkzeug.http import parse_accept_header  # Werkzeug is not loaded before somebody needs it

    for tag, quality in parse_accept_header(header):  # the best first, `*` last
        language = tag.lower().replace("_", "-").partition("-")[0]
        if quality > 0 and language in (CHINESE, ENGLISH):
            return language
    return ENGLISH


def in_language(data: Any, language: str, name: str = "") -> Any:
    """What the control plane shows (exchanges, faults, verdicts), with its texts in that language.

    Only the views themselves are looked through, not what a game has sent or received.
    """
    if language == ENGLISH:
        return data
    if isinstance(data, str) and name in _TEXTS:
        return translate(data, language)
    if isinstance(data, list):
        return [in_language(each, language, name) for each in data]
    if isinstance(data, dict) and name in _VIEWS:
        return {key: in_language(value, language, key) for key, value in data.items()}
    if isinstance(data, Struct) and name in _VIEWS:
        fields = asdict(data).items()
        return replace(data, **{key: in_language(value, language, key) for key, value in fields})
    return data
