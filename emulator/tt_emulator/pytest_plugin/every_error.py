"""The rows for which a `tt_every_error` test runs."""

from collections.abc import Sequence
from typing import Any

import pytest
from msgspec.structs import asdict

from tt_emulator.config import DEFAULT_PLATFORM
from tt_emulator.domain.reading import nearest
from tt_emulator.platforms import PLATFORMS, load


def rows(apis: Sequence[str], platform: str | None = None) -> dict[str, dict[str, Any]]:
    """The documented errors of the platform's APIs, by the name that the test's run has.

    Raises CollectError for an API that is unknown or documents no error.
    """
    if not apis:
        raise pytest.Collector.CollectError('name an API: tt_every_error("setUserCloudStorage")')
    catalog = load(PLATFORMS[platform or DEFAULT_PLATFORM]).catalog
    found = {}
    for api in dict.fromkeys(apis):
        documented = catalog.rows(api) if api in catalog.apis else []
        if not documented:
            failing = sorted({row.api for row in catalog.rows()})
            raise pytest.Collector.CollectError(
                f"tt_every_error: {api!r} documents no error; {nearest(api, failing)}"
            )
        for row in documented:
            found[row.name if len(apis) == 1 else f"{api}-{row.name}"] = asdict(row)
    return found
