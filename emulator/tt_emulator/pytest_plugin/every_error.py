"""The rows for which a `tt_every_error` test runs."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import asdict

from tt_emulator.config import DEFAULT_PLATFORM
from tt_emulator.domain.reading import nearest
from tt_emulator.platforms import PLATFORMS, load

if TYPE_CHECKING:
    from tt_emulator.catalog import Catalog
    from tt_emulator.client.fields import Cover


def rows(
    apis: Sequence[str], platform: str | None = None, cover: "Cover" = "documented"
) -> dict[str, dict[str, Any]]:
    """The errors of the platform's APIs that coverage counts, by the name that the test's run has.

    Raises CollectError for an API that is unknown or has no such error.
    """
    if not apis:
        raise pytest.Collector.CollectError('name an API: tt_every_error("setUserCloudStorage")')
    catalog = load(PLATFORMS[platform or DEFAULT_PLATFORM]).catalog
    counted = catalog.counted(cover)
    found = {}
    for api in dict.fromkeys(apis):
        of_api = [row for row in counted if row.api == api]
        if not of_api:
            raise pytest.Collector.CollectError(f"tt_every_error: {_without(api, catalog, cover)}")
        for row in of_api:
            found[row.name if len(apis) == 1 else f"{api}-{row.name}"] = asdict(row)
    return found


def _without(api: str, catalog: "Catalog", cover: "Cover") -> str:
    others = Counter(row.evidence for row in catalog.rows(api))
    if not others:
        failing = sorted({row.api for row in catalog.counted(cover)})
        return f"{api!r} documents no error; {nearest(api, failing)}"
    counts = " and ".join(f"{count} {evidence}" for evidence, count in others.items())
    seen = "; --tt-emulator-cover seen runs those that are seen" if others["seen"] else ""
    return f"{api!r} documents no error, it has {counts}{seen}; tt_emulator.fail(name) arms any"
