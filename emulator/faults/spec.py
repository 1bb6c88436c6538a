"""What people write to arm a fault, and every way in which it can be wrong."""

import re
from difflib import get_close_matches
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from emulator.errors import Flaw

MAX_DELAY_MS = 120_000

Count = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Text = Annotated[str, Meta(min_length=1, max_length=1024)]


class FaultSpec(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One fault as the control API takes it; the fields are documented in docs/faults.md."""

    error: int | Text | None = None
    detail: Annotated[str, Meta(max_length=1024)] | None = None
    api: Text | list[Text] | None = None
    player: Text | None = None
    key: Text | None = None
    skip: Count = 0
    times: Annotated[int, Meta(ge=1, le=1_000_000_000)] | None = None
    moment: Literal["before", "after"] = "before"
    delay_ms: (
        Annotated[int, Meta(ge=0, le=MAX_DELAY_MS)] | Annotated[float, Meta(ge=0, le=MAX_DELAY_MS)]
    ) = 0
    label: Annotated[str, Meta(max_length=1024)] | None = None


def read(raw: Any) -> FaultSpec | Flaw:
    """The fault that the JSON value `raw` describes, or what is wrong with it and where."""
    try:
        return msgspec.convert(raw, FaultSpec)
    except msgspec.ValidationError as error:
        return _flaw(str(error))


def wanted_apis(spec: FaultSpec) -> list[str]:
    """The APIs that the fault names; none means any."""
    if spec.api is None:
        return []
    return [spec.api] if isinstance(spec.api, str) else spec.api


def nearest(word: object, known: list[str]) -> str:
    """A sentence that offers what `word` was probably meant to be, or all there is."""
    close = get_close_matches(str(word), known, n=3, cutoff=0.5)
    return f"did you mean {' or '.join(close)}?" if close else f"known: {', '.join(known)}"


def _flaw(message: str) -> Flaw:
    told, _, path = message.partition(" - at `$")
    pointer = re.sub(r"[.\[]", "/", path).replace("]", "").rstrip("`")
    unknown = re.search(r"unknown field `(.*)`", told)
    if unknown:
        field = unknown[1]
        hint = nearest(field, list(FaultSpec.__struct_fields__))
        return Flaw(f"{pointer}/{field}", f"unknown field {field!r}; {hint}")
    return Flaw(pointer, told.replace("`", ""))
