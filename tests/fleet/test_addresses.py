"""Where Redis is, by its address."""

import socket

import pytest

from tt_emulator.errors import SettingsError
from tt_emulator.fleet.connecting import Address


@pytest.mark.parametrize("password", ["s3/cret", "s3#cret", "s3?cret"])
def test_of_an_address_that_cannot_be_read_nothing_is_told(password: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Address(f"redis://app:{password}@localhost:6379/0")

    assert refused.value.detail == "The address of the team's Redis cannot be read."
    assert "a password / is %2F" in refused.value.hint
    assert refused.value.__cause__ is None


def test_a_password_may_have_anything_that_is_escaped() -> None:
    assert Address("redis://app:%2F%23%3F%40%25@localhost:6379/0").place == "localhost:6379"


def test_a_path_needs_a_system_that_has_such_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Address("unix:///run/redis").place == "/run/redis"
    monkeypatch.delattr(socket, "AF_UNIX")  # as on Windows

    with pytest.raises(SettingsError, match="no sockets with a path"):
        Address("unix:///run/redis")


def test_an_option_that_there_is_not_is_named() -> None:
    with pytest.raises(SettingsError, match="foo"):
        Address("redis://localhost?foo=1").connection()
