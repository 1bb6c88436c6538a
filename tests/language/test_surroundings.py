import sys

import pytest

from tt_emulator.language import language_of_user

CASES = [
    ({"LANG": "zh_CN.UTF-8"}, "zh"),
    ({"LANG": "zh_TW"}, "zh"),
    ({"LANG": "en_US.UTF-8"}, "en"),
    ({"LANG": "C.UTF-8"}, "en"),
    ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
    ({"LC_ALL": "", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
    ({"LC_MESSAGES": "C", "LANG": "zh_CN.UTF-8"}, "en"),
]


@pytest.mark.parametrize(("environ", "language"), CASES)
def test_the_first_variable_of_the_locale_that_is_set_decides(
    environ: dict[str, str], language: str
) -> None:
    assert language_of_user(environ) == language


@pytest.mark.parametrize(("chosen", "language"), [(0x0804, "zh"), (0x0404, "zh"), (0x0409, "en")])
def test_without_a_locale_windows_is_asked(
    chosen: int, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import ctypes
    from types import SimpleNamespace

    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: chosen)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)

    assert language_of_user({}) == language


def test_elsewhere_nothing_said_is_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")

    assert language_of_user({}) == "en"
