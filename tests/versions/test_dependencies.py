"""The oldest of each package that pyproject.toml admits; the newest are those of the suite."""

import re
import sys

import pytest

from versions.conftest import DECLARED, ROOT, Overlay, run

OLDEST = [re.sub(r"^([\w-]+)>=([\d.]+).*", r"\1==\2", each) for each in DECLARED]
UVICORNS = ("0.31.0", "0.35.0", "0.42.0", "0.52.4")
OF_THE_SOCKET = [
    *("tests/wire/hot/test_protocol.py", "tests/wire/connection/test_keep_alive.py"),
    *(
        f"tests/wire/test_{name}.py"
        for name in ("uvicorn_contract", "fuzz", "bridge", "wire_faults", "pausing")
    ),
]
SUITE = [
    *OF_THE_SOCKET,
    *(
        "tests/test_server.py",
        "tests/test_child.py",
        "tests/test_four_ways.py",
        "tests/wire/control",
    ),
    *("tests/wire/test_game_api.py", "tests/wire/test_ui.py", "tests/wire/test_state_events.py"),
    *("tests/cli/test_cli.py", "tests/cli/test_language.py", "tests/cli/test_serving.py"),
    *("tests/client/test_events.py", "tests/storage/disk/test_tinydb_json.py"),
]


def test_each_range_has_an_end_to_try() -> None:
    assert all(re.fullmatch(r"[\w-]+==[\d.]+", each) for each in OLDEST), OLDEST


def passes(path: str, *tests: str) -> None:
    done = run(sys.executable, ROOT, "-q", "-n", "2", *tests, PYTHONPATH=path)

    assert done.returncode == 0, done.stdout[-5000:] + done.stderr


@pytest.mark.timeout(600)
def test_the_suite_passes_with_the_oldest_of_all(overlay: Overlay) -> None:
    passes(str(overlay(*OLDEST)), *SUITE)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("version", UVICORNS)
def test_the_socket_is_the_same_with_each_uvicorn(overlay: Overlay, version: str) -> None:
    passes(str(overlay("--no-deps", f"uvicorn=={version}")), *OF_THE_SOCKET)
