"""docs/npm.md in both languages and where it is linked; test_package.py runs what it shows."""

import re

import pytest

import run_docs
from npm.conftest import FILES, PAGE, commands
from tt_emulator import __version__

CHINESE = run_docs.read("docs/npm.zh-CN.md")


def test_both_languages_have_the_same_words_of_the_code() -> None:
    def words(text: str) -> set[str]:
        return {*re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))}

    assert words(CHINESE) == words(PAGE)


def test_the_file_that_is_installed_is_of_this_version() -> None:
    shown = commands("install") + commands("collect") + FILES["package.json"]

    assert {*re.findall(r"[-_](\d+\.\d+\.\d+)(?:\.tgz|-py3)", shown)} == {__version__}


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("README.md", "(docs/npm.md)"),
        ("README.zh-CN.md", "(docs/npm.zh-CN.md)"),
        ("docs/ci.md", "(npm.md)"),
    ],
)
def test_it_is_linked_where_node_is_told(page: str, link: str) -> None:
    assert link in run_docs.read(page)


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_npx_is_not_shown_before_the_package_is_made(page: str) -> None:
    assert "npx tt-emulator" not in run_docs.read(page)  # the registry does not have ours
