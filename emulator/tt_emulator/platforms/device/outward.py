"""The APIs whose calls ask somebody outside."""

from collections.abc import Mapping
from functools import partial

from tt_emulator.domain.outgoing import Outward
from tt_emulator.platforms.device import request, sockets, transfers


def outward(headers: Mapping[str, str]) -> dict[str, Outward]:
    """By API; no game can set these `headers`, which are the platform's beside the agent."""
    fixed = {**headers, **request.AGENT}
    download, upload = (
        partial(ask, fixed=fixed) for ask in (transfers.ask_download, transfers.ask_upload)
    )
    return {
        "request": Outward(partial(request.ask, fixed=fixed), request.answer),
        "downloadFile": Outward(download, transfers.answer_download, transfers.told_of_download),
        "uploadFile": Outward(upload, transfers.answer_upload, transfers.told_of_upload),
        "connectSocket": Outward(sockets.ask, sockets.answer, sockets.tell),
    }
