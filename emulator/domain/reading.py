"""JSON values from people, read strictly: what is wrong is told with its place."""

import re
from collections.abc import Collection
from difflib import get_close_matches
from threading import Lock
from typing import Any, TypeVar

import msgspec

from emulator.errors import Flaw, Unprocessable

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


def nearest(word: object, known: list[str]) -> str:
    """A sentence that offers what `word` was probably meant to be, or all there is."""
    close = get_close_matches(str(word), known, n=3, cutoff=0.5)
    return f"did you mean {' or '.join(close)}?" if close else f"known: {', '.join(known)}"


def unknown_api(name: str | None, known: Collection[str]) -> str:
    """That there is no such API, and which is meant; empty if there is, or none is named."""
    if name is None or name in known:
        return ""
    return f"unknown API {name!r}; {nearest(name, list(known))}"


def _flaw(message: str, shape: type[msgspec.Struct]) -> Flaw:
    told, _, path = message.partition(" - at `$")
    path = path.partition("[...]")[0]  # which key of a mapping it was is not told
    pointer = re.sub(r"[.\[]", "/", path).replace("]", "").rstrip("`")
    unknown = re.search(r"unknown field `(.*)`", told)
    if unknown is None:
        return Flaw(pointer, told.replace("`", ""))
    field = unknown[1]
    known = list(shape.__struct_encode_fields__) if not pointer else []
    hint = f"; {nearest(field, known)}" if known else ""
    return Flaw(f"{pointer}/{field}", f"unknown field {field!r}{hint}")
