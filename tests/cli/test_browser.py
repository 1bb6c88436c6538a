import os
import sys
import webbrowser
from pathlib import Path

import pytest

from process import START_S, spawn
from tt_emulator.cli import browser

FACTS = {"url": "http://127.0.0.1:1", "token": "secret"}
PAGE = "http://127.0.0.1:1/__emulator/ui/"
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    for name in SCREENS:
        monkeypatch.delenv(name, raising=False)
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda page: opened.append(page) or True)
    return opened


@pytest.mark.parametrize("screen", SCREENS)
def test_the_page_is_opened_and_the_token_stays_out_of_the_command_line(
    opened: list[str],
    screen: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(screen, "something")
    browser.open_page(FACTS)

    assert opened == [PAGE]
    assert capsys.readouterr() == ("", "")


def test_where_a_game_is_played_the_players_page_is_opened(
    opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    browser.open_page({**FACTS, "game": "http://127.0.0.1:2"})

    assert opened == ["http://127.0.0.1:1/__emulator/play/"]


def test_without_a_screen_none_is_opened_in_the_terminal(
    opened: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    browser.open_page(FACTS)

    assert opened == []
    assert capsys.readouterr().err == f"No browser could be opened; the page is {PAGE}\n"


def test_where_none_can_be_opened_that_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BROWSER", "none")
    monkeypatch.setattr(webbrowser, "open", lambda page: False)
    browser.open_page(FACTS)

    assert "No browser could be opened" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="BROWSER is for POSIX")
def test_start_opens_it_once_it_is_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = tmp_path / "opened"
    os.mkfifo(pipe)
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\necho "$1" > {pipe}\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(script))
    with spawn("start", "--port", "0", "--ephemeral", "--open") as child:
        page = pipe.read_text(encoding="utf-8").strip()
        child.terminate()
        _, output = child.communicate(timeout=START_S)

    assert page.startswith("http://127.0.0.1:")
    assert f"  tester's page: {page}\n" in output
