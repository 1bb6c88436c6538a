"""Takes out of stored fields what no rule knows, so that the rest stays."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from tt_emulator.domain.reading import read
from tt_emulator.errors import Flaw


def pruned(fields: dict[str, Any], shape: type[Struct]) -> Iterator[str]:
    """Take out of the fields what does not have the shape, and say what."""
    while isinstance(wrong := read(fields, shape), Flaw):
        yield taken_out(fields, wrong)


def taken_out(fields: dict[str, Any], wrong: Flaw) -> str:
    """Take out what the flaw points at, as exactly as it can be found, and say what it was."""
    *above, last = [_unescaped(name) for name in wrong.pointer.split("/")[1:]] or [""]
    holder: Any = fields
    try:
        for name in above:
            holder = holder[int(name) if isinstance(holder, list) else name]
        del holder[int(last) if isinstance(holder, list) else last]
    except (LookupError, TypeError, ValueError):  # it points at no place of its own
        if fields.pop((above or [last])[0], fields) is fields:
            fields.clear()
    return f"{wrong.pointer}: {wrong.detail}"


def _unescaped(name: str) -> str:
    """Of a JSON pointer (RFC 6901)."""
    return name.replace("~1", "/").replace("~0", "~")
