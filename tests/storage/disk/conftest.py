from collections.abc import Iterator

import pytest

from storage.disk.logs import Logs, Make


@pytest.fixture
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    made: list[Logs] = []

    def make_one(**options: bool) -> Logs:
        made.append(Logs(tmp_path_factory.mktemp("root") / "data", **options))
        return made[-1]

    yield make_one
    for one in made:
        one.log.rest()
        one.data_directory.release()
