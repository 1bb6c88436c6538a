"""The platforms that can be emulated: a line here, and each a folder of that name."""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from tt_emulator.platforms.identity import Identity

if TYPE_CHECKING:
    from tt_emulator.platforms.platform import Platform

__all__ = ["BACKENDS", "DEFAULT", "PLATFORMS", "Identity", "load"]

PLATFORMS = {
    each.name: each
    for each in (
        Identity(
            "tt",
            prefix="/tt/",
            global_name="tt",
            code_fields=("errorCode", "errNo"),
            backend=("/mgplatform/api/apps/", "/api/apps/"),
        ),
        Identity(
            "wx",
            prefix="/wx/",
            global_name="wx",
            code_fields=("errCode", "err_code", "errno"),
            backend=("/sns/", "/wxa/"),
        ),
        # one line a platform
    )
}

BACKENDS = {prefix: each.name for each in PLATFORMS.values() for prefix in each.backend}
"""The platform of the paths with that prefix, at which a game's own backend calls it."""

DEFAULT = PLATFORMS["tt"]


@cache
def load(identity: Identity = DEFAULT) -> "Platform":
    """All of the platform, which its folder builds as `PLATFORM`; who only calls needs none of it.

    Raises `CatalogError` for a catalog that is not understood.
    """
    found: Platform = import_module(f"{__name__}.{identity.name}").PLATFORM
    return found
