import subprocess
import sys
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tt_emulator.config import DEFAULT_URL, Settings, check
from tt_emulator.errors import SettingsError


def test_a_server_listens_on_loopback_and_keeps_its_data_below_the_current_directory() -> None:
    settings = Settings()

    assert (settings.host, settings.port) == ("127.0.0.1", 8717)
    assert settings.data == Path(".tt-emulator")
    assert settings.random_seed == 1
    assert settings.token is None
    assert not settings.sync


def test_settings_do_not_change_under_a_running_server() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]  # that is the point


BAD = [
    ("port", -1),
    ("port", 65536),
    ("port", True),
    ("port", "8717"),
    ("host", ""),
    ("host", "two words"),
    ("host", "http://127.0.0.1"),
    ("host", "[::1]"),
    ("random_seed", 2**63),
    ("random_seed", 1.5),
    ("allowed_host", ("game.test", "http://game.test")),
    ("allowed_host", ("game.test:80",)),
    ("allowed_host", ("",)),
    ("allow_origin", ("game.test",)),
    ("allow_origin", ("http://game.test/path",)),
    ("allow_origin", ("*",)),
    ("allow_origin", ("http://*:7456",)),
    ("allow_origin", ("http://game.test/",)),
    ("allowed_host", ("*",)),
    ("allowed_host", ("a,b",)),
    ("allowed_host", ("0.0.0.0",)),
    ("token", ""),
    ("token", "two words"),
    ("token", "ключ"),
    ("token", "line\nbreak"),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_value_that_cannot_be_used_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(SettingsError, match=f"^{name.replace('_', '-')}: .* is not ") as caught:
        Settings(**{name: value})

    assert caught.value.exit_code == 2


def test_a_value_that_could_never_match_says_why() -> None:
    with pytest.raises(SettingsError, match=r": leave the port out, every port is meant$"):
        check("allowed_host", ("game.test:80",))
    with pytest.raises(SettingsError, match=r": leave the path out, the last slash included$"):
        check("allow_origin", ("http://game.test/",))


GOOD = [
    ("host", "0.0.0.0"),
    ("host", "::1"),
    ("host", "fe80::1%eth0"),
    ("random_seed", -(2**63)),
    ("allowed_host", ("game.test", "[fd00::1]", ".preview.example", "*.preview.example")),
    ("allow_origin", ("null", "http://192.168.1.5:7456", "https://game.test")),
    ("allow_origin", ("https://*.preview.example", "http://192.168.1.5:*")),
    ("token", "a-Token_1~"),
    ("data", None),
]


@pytest.mark.parametrize(("name", "value"), GOOD)
def test_a_value_that_can_be_used_is_kept_as_it_is(name: str, value: object) -> None:
    assert getattr(Settings(**{name: value}), name) == value


@given(st.integers())
def test_a_port_is_taken_exactly_if_it_has_sixteen_bits(port: int) -> None:
    if 0 <= port < 2**16:
        assert Settings(port=port).port == port
    else:
        with pytest.raises(SettingsError, match=r"^port: "):
            Settings(port=port)


@pytest.mark.parametrize(
    "url",
    [DEFAULT_URL, "http://localhost", "http://[::1]:8717", "https://emulator.test:443/"],
)
def test_an_address_with_scheme_and_host_is_a_url(url: str) -> None:
    check("url", url)


@pytest.mark.parametrize(
    "url",
    ["", "127.0.0.1:8717", "ftp://a", "http://", "http://a/b", "http://a:99999", "http://u@a", 1],
)
def test_anything_else_is_no_url(url: object) -> None:
    with pytest.raises(SettingsError, match=r"^url: .* is not an address such as http://127"):
        check("url", url)


@pytest.mark.parametrize("name", ["data", "ready_file", "scenario"])
def test_an_empty_path_is_refused_for_it_would_mean_the_current_directory(name: str) -> None:
    with pytest.raises(SettingsError, match=r": '' is not a path$"):
        check(name, "")


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("game.test", False),
    ],
)
def test_only_this_machine_reaches_a_loopback_address(host: str, loopback: bool) -> None:
    assert Settings(host=host).loopback is loopback


def test_settings_are_read_without_loading_what_a_server_needs() -> None:
    code = "import sys, tt_emulator.config; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )

    assert not {"flask", "uvicorn", "msgspec", "click", "http"} & set(run.stdout.split())
