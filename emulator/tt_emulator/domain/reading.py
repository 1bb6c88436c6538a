"""JSON values from people, read strictly: what is wrong is reported with its place."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from threading import Lock
from typing import Any, TypeVar

import msgspec

from tt_emulator.catalog import Api
from tt_emulator.errors import Flaw, Unprocessable
from tt_emulator.language.quoting import cut

MAX_OFFERED = 3
_NEAR = 0.54
"""How much alike a word and a name must be: `request` and `removeStorage` are 0.5."""

Shape = TypeVar("Shape", bound=msgspec.Struct)


def read(raw: Any, shape: type[Shape]) -> Shape | Flaw:
    """`raw` as a `shape`, or the first thing that is wrong with it."""
    prepare(shape)
    try:
        return msgspec.convert(raw, shape)
    except msgspec.ValidationError as error:
        return _flaw(str(error), shape)


def decode(text: bytes | msgspec.Raw, shape: type[Shape]) -> Shape | Flaw:
    """The JSON text as a `shape`, or the first thing that is wrong with it.

    Raises `ValueError` if it is no JSON.
    """
    prepare(shape)
    try:
        return msgspec.json.decode(text, type=shape)
    except msgspec.ValidationError as error:
        return _flaw(str(error), shape)


def prepare(shape: Any) -> None:
    """Have msgspec look at the shape in one thread. Of two that use a new one at the same time it
    shows one what the other has half finished, and the process dies (seen with 0.22).
    """
    if shape not in _prepared:
        with _preparing:
            msgspec.json.Decoder(shape)
            _prepared.add(shape)


_prepared: set[Any] = set()
_preparing = Lock()


def demand(raw: Any, shape: type[Shape]) -> Shape:
    """`raw` as a `shape`. Raises `Unprocessable`."""
    value = read(raw, shape)
    if isinstance(value, Flaw):
        raise refusal([value])
    return value


def refusal(flaws: list[Flaw], hint: str = "Nothing was changed.") -> Unprocessable:
    """The error that tells of `flaws`, the first of them in words."""
    place = f"{flaws[0].pointer}: " if flaws[0].pointer else ""
    end = "" if flaws[0].detail.endswith("?") else "."
    return Unprocessable(f"{place}{flaws[0].detail}{end}", hint, tuple(flaws))


def nearest(word: object, known: Iterable[str]) -> str:
    """A sentence that offers what `word` was probably meant to be, the likeliest first, or all
    there is. Case and the marks between words do not count.
    """
    return _offered(_close(word, known), known)


def nearest_api(name: str, known: Mapping[str, Api]) -> str:
    """As `nearest`; before all else comes what another platform calls by that name."""
    meant = [api.name for api in known.values() if name in api.counterparts]
    offered = dict.fromkeys([*meant, *_close(name, known)])
    return _offered(list(offered)[:MAX_OFFERED], known)


def unknown_api(name: str | None, known: Mapping[str, Api]) -> str:
    """That there is no such API, and which is meant; empty if there is, or none is named."""
    if name is None or name in known:
        return ""
    return f"unknown API {cut(name)!r}; {nearest_api(name, known)}"


def _close(word: object, known: Iterable[str]) -> list[str]:
    folded = {_folded(each): each for each in known}
    close = get_close_matches(_folded(cut(str(word))), folded, n=MAX_OFFERED, cutoff=_NEAR)
    return [folded[each] for each in close]


def _folded(word: str) -> str:
    return re.sub(r"[\W_]", "", word).casefold()


def _offered(close: list[str], known: Iterable[str]) -> str:
    return f"did you mean {' or '.join(close)}?" if close else f"known: {', '.join(known)}"


def _flaw(message: str, shape: type[msgspec.Struct]) -> Flaw:
    detail, path = message, ""
    if placed := _PLACED.fullmatch(message):
        detail, path = placed["detail"], placed["path"].partition("[...]")[0]  # no key is shown
    pointer = re.sub(r"[.\[]", "/", path).replace("]", "")
    unknown = _UNKNOWN.fullmatch(detail)
    if unknown is None:
        return Flaw(pointer, detail.replace("`", ""))
    field = unknown[1]
    known = shape.__struct_encode_fields__ if not pointer else ()
    hint = f"; {nearest(field, known)}" if known else ""
    return Flaw(f"{pointer}/{escaped(field)}", f"unknown field {cut(field)!r}{hint}")


def escaped(field: str) -> str:
    """As a JSON pointer has it (RFC 6901)."""
    return field.replace("~", "~0").replace("/", "~1")


_PLACED = re.compile(r"(?P<detail>.*) - at `\$(?P<path>(?:\.\w+|\[\d+\]|\[\.\.\.\])+)`", re.DOTALL)
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
