"""Files over HTTP, each under the media type of its name."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from flask import Response, abort, send_from_directory

from tt_emulator.errors import EmulatorError

WEB = Path(__file__).parent.parent / "web"
_MEDIA_TYPES = {  # told here, because some Windows registries call JavaScript text/plain
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".ts": "text/plain",
    ".json": "application/json",
    ".mts": "text/plain",
    ".html": "text/html",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".aac": "audio/aac",
    ".ogg": "audio/ogg",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".ttf": "font/ttf",
    ".wasm": "application/wasm",
    ".txt": "text/plain",
}


@cache
def files_of(package: str, distribution: str) -> Path:
    """The folder of an installed package of which only files are used: it is not imported.

    Raises `EmulatorError` where it is missing.
    """
    found = find_spec(package)
    for folder in (found and found.submodule_search_locations) or ():
        return Path(folder)
    raise EmulatorError(f"The package {distribution} is missing.", "Install tt-emulator anew.")


def web_file(name: str, folder: Path = WEB) -> Response:
    """The file of that name below `folder`, by default of our own web files. Raises a 404.

    A file has one address: no `.` or `..` leads to it.
    """
    if not all(part.strip(".") for part in name.split("/")):
        abort(404)
    return send_from_directory(folder, name, mimetype=media_type(name))


def media_type(name: str) -> str:
    """That of a file of this name."""
    return _MEDIA_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")
