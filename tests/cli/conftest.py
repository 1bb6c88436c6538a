from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest

from process import Emulator
from stub import Stub, stub_server
from tt_emulator.cli import language, main
from tt_emulator.client import Client


class Run(NamedTuple):
    """What one command line ended with and printed."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("URL", "WORLD", "TOKEN", "DATA", "PORT", "SCENARIO"):
        monkeypatch.delenv(f"TT_EMULATOR_{name}", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    language.choose(["--lang", "en"])  # the test before may have left the other one


@pytest.fixture
def tt(capsys: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """`tt("fault", "list")` runs `tt-emulator fault list` in this process."""

    def run(*args: str) -> Run:
        code = main(list(args))
        out, err = capsys.readouterr()
        return Run(code, out, err)

    return run


@pytest.fixture
def client(server: Emulator, new_world: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A world of its own; the command line finds it in its environment."""
    monkeypatch.setenv("TT_EMULATOR_URL", server.url)
    monkeypatch.setenv("TT_EMULATOR_WORLD", new_world)
    with Client(server.url, new_world) as client:
        yield client


@pytest.fixture
def stub() -> Iterator[Stub]:
    with stub_server() as stub:
        yield stub
