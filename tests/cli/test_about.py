import json
import platform
import sys
from collections.abc import Callable
from typing import Any

import pytest
from msgspec import to_builtins

from tt_emulator import __version__
from tt_emulator.client import Client
from tt_emulator.platforms.tt.pages import load


def test_errors_searches_names_codes_and_texts(tt: Callable[..., Any]) -> None:
    def found(word: str) -> set[tuple[str, str]]:
        rows = json.loads(tt("errors", word, "--json").out)["errors"]
        return {(row["api"], row["name"]) for row in rows}

    assert ("setUserCloudStorage", "server-error") in found("108002")
    assert ("setUserCloudStorage", "http-not-200") in found("网络请求非200")
    assert found("NETWORK UNAVAILABLE") == found("999985") | {
        ("connectSocket", "network-unavailable"),
        ("login", "network-unavailable"),
        *((api, "network-unavailable") for api in ("request", "downloadFile", "uploadFile")),
    }
    assert {api for api, _ in found("setUserCloudStorage")} == {"setUserCloudStorage"}
    assert len(found("setUserCloudStorage")) == 8
    assert found("no such thing") == set()


def test_errors_prints_a_table(tt: Callable[..., Any]) -> None:
    assert tt("errors", "108002").out == (
        "API                  ERROR         CODE    TYPE  EVIDENCE    MESSAGE  MEANING\n"
        "setUserCloudStorage  server-error  108002  F     documented  *        "
        "the platform's server refused, with its own text\n"
    )


def test_errors_says_if_nothing_matches(tt: Callable[..., Any]) -> None:
    run = tt("errors", "nonsense")

    assert (run.code, run.out) == (0, "no documented error matches 'nonsense'\n")


def test_errors_asks_no_server_unless_it_is_told_one(
    tt: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tt("errors").code == 0
    assert tt("errors", "--url", "http://127.0.0.1:1").code == 6
    monkeypatch.setenv("TT_EMULATOR_URL", "http://127.0.0.1:1")
    assert tt("errors").code == 6


def test_the_server_and_the_package_document_the_same(
    tt: Callable[..., Any], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    online = tt("errors", "--json").out
    monkeypatch.delenv("TT_EMULATOR_URL")

    assert tt("errors", "--json").out == online


def test_version_is_one_line_or_json(tt: Callable[..., Any]) -> None:
    assert tt("version").out == (
        f"tt-emulator {__version__} (Python {platform.python_version()}, {sys.platform})\n"
    )
    assert json.loads(tt("version", "--json").out) == {
        "version": __version__,
        "python": platform.python_version(),
    }
    assert tt("--version").out == f"tt-emulator {__version__}\n"


def test_errors_of_one_api(tt: Callable[..., Any]) -> None:
    found = json.loads(tt("errors", "--api", "login", "--json").out)["errors"]

    assert found == to_builtins(load().rows("login"))
    assert tt("errors", "--api", "canIUse").out == "no error is documented of it\n"
