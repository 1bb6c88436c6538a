from collections.abc import Iterator

import pytest

from backend import Backend, backend


@pytest.fixture
def own_server() -> Iterator[Backend]:
    """A game's own server on loopback."""
    with backend() as running:
        yield running
