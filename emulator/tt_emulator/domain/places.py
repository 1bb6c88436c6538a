"""The places in an error's text, as the platform's pages print them: `$apiName $filePath`."""

import re
from collections.abc import Mapping
from typing import Any

from tt_emulator.catalog import Api, ErrorRow, Param

_PLACE = re.compile(r"\$(\w+)")
_PATH = re.compile(r"(?:.*P|p)ath")


def filled(
    api: Api,
    row: ErrorRow,
    options: Mapping[str, Any],
    param: Param | None = None,
    path: str | None = None,
) -> str | None:
    """The row's text for a call with these options, `None` if it has no places.

    `param` is the option that it is about, if not the first; `path` is meant where the place names
    no option of the call, as `$filePath` of tt.mkdir does: if absent, the call's first path.
    What nothing tells stays as it is printed.
    """
    if row.message is None or "$" not in row.message:
        return None
    about = param or (api.params[0] if api.params else None)
    known = {"apiName": api.short_name} | (
        {"paramName": about.name, "paramType": about.type} if about else {}
    )

    def fill(place: re.Match[str]) -> str:
        name = place[1]
        if name in known or not _PATH.fullmatch(name):
            return known.get(name, place[0])
        if path is not None and name not in options:
            return path
        names = [name, *(each.name for each in api.params if _PATH.fullmatch(each.name))]
        texts = (options.get(each) for each in names)
        return next((text for text in texts if isinstance(text, str)), place[0])

    return _PLACE.sub(fill, row.message)
