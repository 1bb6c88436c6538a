"""What a request names that only another platform has than the one of its world."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tt_emulator.catalog import Catalog
from tt_emulator.engine import Engine
from tt_emulator.errors import Unprocessable
from tt_emulator.language.quoting import cut
from tt_emulator.world import World


@contextmanager
def told_of(raw: Any, here: World, engine: Engine) -> Iterator[None]:
    """Let a refusal of the faults say which platform has what this world's has not."""
    try:
        yield
    except Unprocessable as error:
        hint = _hint(raw, here, engine)
        raise (Unprocessable(error.detail, hint, error.flaws) if hint else error) from None


def _hint(raw: Any, here: World, engine: Engine) -> str:
    own = here.platform_name
    missing = set(_named(raw)) - _known(here.platform.catalog)
    for name in engine.worlds.platforms.names if missing else ():
        if found := missing & _known(engine.worlds.platforms.named(name).catalog):
            return (
                f"{cut(min(found))!r} is of {name}, and this world is of {own}:"
                f" use one of {name}, which ?platform={name} (--platform {name}) makes."
            )
    return ""


def _named(raw: Any) -> Iterator[str]:
    """The errors and APIs, as somebody wrote them."""
    for item in raw if isinstance(raw, list) else [raw]:
        for field in ("error", "sequence", "api") if isinstance(item, dict) else ():
            value = item.get(field)
            yield from map(str, value if isinstance(value, list) else [value])


def _known(catalog: Catalog) -> set[str]:
    rows = catalog.rows()
    return {*catalog.struck, *(row.name for row in rows), *(str(row.code) for row in rows)} - {
        "None"
    }
