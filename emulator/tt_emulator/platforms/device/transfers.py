"""downloadFile and uploadFile: what they send, and what the game gets of the answer.

The page that plays a package has the files: it names in `transfer` where it finds what was
downloaded, and in `upload` what of its own it has sent ahead.
"""

import json
import mimetypes
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from tt_emulator.domain.outgoing import Answer, Outcome, Request
from tt_emulator.domain.turn import Turn
from tt_emulator.errors import ApiError
from tt_emulator.platforms.device.file_paths import TEMPORARY, USER, below, ending, refuse
from tt_emulator.platforms.device.request import (
    AGENT,
    answered,
    as_text,
    checked_url,
    headers_of,
    text_of,
    timeout_of,
)

MAX_TOLD_BYTES = 8192
"""Of the header that a task is told; Node reads no head of more than 16 KiB."""

_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,10}")
_MEDIA_TYPES = mimetypes.MimeTypes()
"""Of the language alone: what this machine's own tables say would be another answer elsewhere."""

for _ending, _kind in {".webp": "image/webp", ".ogg": "audio/ogg", ".m4a": "audio/mp4"}.items():
    _MEDIA_TYPES.add_type(_kind, _ending)


def ask_download(turn: Turn, fixed: Mapping[str, str] = AGENT) -> Request:
    """A GET, with headers as in `fixed`. Raises `ApiError`."""
    options = turn.options
    return Request(
        method="GET",
        url=checked_url(options["url"]),
        headers=headers_of(options, fixed, kind=None),
        timeout_ms=timeout_of(options),
    )


def answer_download(turn: Turn, outcome: Outcome) -> dict[str, Any]:
    """What `success` receives: any status is one. Raises `ApiError` if no answer came."""
    came = answered(outcome)
    _require_size(turn, len(came.body))
    name = turn.options.get("transfer")
    if isinstance(name, str) and name:
        turn.uploads.put(name, came.body)
    extension = _EXTENSION.fullmatch(ending(urlsplit(turn.options["url"]).path))
    path = f"{TEMPORARY}/{turn.token()[:16]}{extension[0] if extension else ''}"
    return {"tempFilePath": path, "statusCode": came.status}


def ask_upload(turn: Turn, fixed: Mapping[str, str] = AGENT) -> Request:
    """A POST of multipart/form-data, with headers as in `fixed`. Raises `ApiError`."""
    options = turn.options
    url, boundary = checked_url(options["url"]), f"tt-emulator-{turn.token()}"
    kind = {"content-type": f"multipart/form-data; boundary={boundary}"}
    headers = headers_of(options, {**kind, **fixed}, kind=None)
    data = _file(turn)
    _require_size(turn, len(data))
    return Request(
        method="POST",
        url=url,
        headers=headers,
        body=_multipart(options, data, boundary),
        timeout_ms=timeout_of(options),
    )


def answer_upload(_: Turn, outcome: Outcome) -> dict[str, Any]:
    """What `success` receives: any status is one. Raises `ApiError` if no answer came."""
    came = answered(outcome)
    return {"statusCode": came.status, "data": text_of(came)}


def told_of_download(_: Turn, came: Answer) -> str:
    """What the task is told, as JSON."""
    return _told(came, len(came.body))


def told_of_upload(turn: Turn, came: Answer) -> str:
    """As of a download; what was sent ahead is taken."""
    return _told(came, len(_found(turn, take=True) or b""))  # a reset may have taken it meanwhile


def _told(came: Answer, size: int) -> str:
    """As JSON: the answer's header, unless that is too long for one of ours, and how many bytes the
    file has.
    """
    text = json.dumps({"header": came.headers, "bytes": size})
    return text if len(text) <= MAX_TOLD_BYTES else json.dumps({"header": {}, "bytes": size})


def _file(turn: Turn) -> bytes:
    """What filePath names. Raises `ApiError`."""
    data = _found(turn, take=False)
    if data is None:
        refuse(turn, "no-such-file", turn.options["filePath"], "there is nothing of that name")
    return data


def _found(turn: Turn, *, take: bool) -> bytes | None:
    """The player's own file, or what the page has sent ahead; `None` if there is none."""
    name = turn.options.get("upload")
    place = below(USER, turn.options["filePath"])
    if place is not None:
        return turn.store.files.read(turn.player, place)
    if not isinstance(name, str):
        return None
    return turn.uploads.take(name) if take else turn.uploads.find(name)


def _require_size(turn: Turn, size: int) -> None:
    limit = turn.api.limit("file")
    if size > limit.max:
        raise ApiError("file-too-large", None, f"the file is larger than {limit.max} bytes")


def _multipart(options: dict[str, Any], data: bytes, boundary: str) -> bytes:
    """The body as browsers write one, the file at its end."""
    name = options["filePath"].rpartition("/")[2]
    kind = _MEDIA_TYPES.guess_type(f"x{ending(name)}")[0] or "application/octet-stream"
    parts = [
        (f'name="{_escaped(field)}"', as_text(value).encode())
        for field, value in (options.get("formData") or {}).items()
    ]
    file = f'name="{_escaped(options["name"])}"; filename="{_escaped(name)}"'
    parts.append((f"{file}\r\nContent-Type: {kind}", data))
    pieces = [
        f"--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + body + b"\r\n"
        for head, body in parts
    ]
    return b"".join([*pieces, f"--{boundary}--\r\n".encode()])


def _escaped(name: str) -> str:
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
