"""What comes with the emulator and no world changes: the catalog, links."""

from collections.abc import Callable

from flask import Blueprint, Response, request

from tt_emulator.domain.reading import nearest_api
from tt_emulator.engine import Engine
from tt_emulator.errors import NotFound, Unprocessable
from tt_emulator.faults.reference import fault_kinds
from tt_emulator.wire.control.requests import answer, catalog_of, platform_of

MAX_QR_BYTES = 512  # a longer link is no good to a camera, and takes long to draw


def add_routes(
    api: Blueprint, engine: Engine, urls: Callable[[], list[str]], game_url: str | None
) -> None:
    """`/v1/errors`, `/v1/catalog`, `/v1/addresses` and `/v1/qr`."""

    @api.get("/v1/errors")
    def errors() -> Response:
        wanted = request.args.get("api")
        catalog = catalog_of(engine)
        apis = catalog.apis
        if wanted is not None and wanted not in apis:
            raise NotFound(f"The catalog has no API {wanted!r}.", nearest_api(wanted, apis))
        return answer({"errors": catalog.rows(wanted)})

    @api.get("/v1/catalog")
    def everything_known() -> Response:
        platform = platform_of(engine)
        return answer(
            {
                "platform": platform.identity,
                "platforms": engine.worlds.platforms.identities,
                "player_fields": platform.player_fields,
                "unused_settings": sorted(platform.settings.unused),
                "backend": list(platform.catalog.backend),
                "limits": platform.catalog.limits(),
                "meanings": platform.catalog.names,
                "fault_kinds": fault_kinds(),
            }
        )

    @api.get("/v1/addresses")
    def addresses() -> Response:
        return answer({"urls": urls(), "game_url": game_url})

    @api.get("/v1/qr")
    def qr() -> Response:
        return answer({"rows": _modules(request.args.get("text", ""))})


def _modules(text: str) -> list[str]:
    """The QR code of the text, a line of 0 and 1 for each of its rows. Raises `Unprocessable`."""
    if not 0 < len(text.encode()) <= MAX_QR_BYTES:
        raise Unprocessable(f"text must have 1 to {MAX_QR_BYTES} bytes.", "Link to a shorter page.")
    import segno

    return ["".join(map(str, row)) for row in segno.make(text, micro=False).matrix]
