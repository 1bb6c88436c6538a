"""What an index is given: a wheel and an sdist, and a page of them without a dead link."""

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from email import message_from_bytes
from email.message import Message
from html.parser import HTMLParser
from pathlib import Path

import pytest
from readme_renderer import markdown

from run_docs import ROOT, read

GITHUB = "https://github.com/owner/name"
GITLAB = "https://gitlab.example.com/group/name"
FILES = {GITHUB: f"{GITHUB}/", GITLAB: f"{GITLAB}/-/"}
REPOSITORIES = pytest.mark.parametrize("repository", FILES)

Built = Callable[[str], "tuple[Path, Path]"]
"""The sdist and the wheel that are built where the environment names that repository."""


def build(source: Path, folder: Path, repository: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", folder],
        cwd=source,
        env=os.environ | {"TT_EMULATOR_REPOSITORY": repository},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def outcome(folder: Path) -> tuple[Path, Path]:
    (sdist,), (wheel,) = folder.glob("*.tar.gz"), folder.glob("*.whl")
    return sdist, wheel


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folders: dict[str, Path] = {}

    def of(repository: str) -> tuple[Path, Path]:
        if repository not in folders:
            folders[repository] = tmp_path_factory.mktemp("dist")
            done = build(ROOT, folders[repository], repository)
            assert done.returncode == 0, done.stderr
        return outcome(folders[repository])

    return of


class Page(HTMLParser):
    """What PyPI shows of a text in Markdown."""

    def __init__(self, text: str) -> None:
        super().__init__()
        html = markdown.render(text)
        assert html is not None
        self.links: list[str] = []
        self.pictures: list[str] = []
        self.anchors: set[str] = set()
        self.code = re.findall(r"<pre.*?</pre>", html, re.DOTALL)
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {f"#{given['id']}"} if "id" in given else set()
        self.links += [given["href"]] if "href" in given else []
        self.pictures += [given["src"]] if tag == "img" else []


def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (each for each in archive.namelist() if each.endswith("/METADATA"))
        return message_from_bytes(archive.read(name))


def page(wheel: Path) -> Page:
    described = metadata(wheel)
    assert described["Description-Content-Type"] == "text/markdown"
    return Page(described.get_payload(decode=True).decode())


def names_a_place(file: str) -> bool:
    """Whether there is that file in the repository, with the heading that the address names."""
    path, _, heading = file.partition("#")
    return not heading or f"#user-content-{heading}" in Page(read(path)).anchors


@REPOSITORIES
def test_each_link_leads_to_a_file_of_the_repository_that_is_there(
    built: Built, repository: str
) -> None:
    shown = page(built(repository)[1])
    prefix = f"{FILES[repository]}blob/HEAD/"
    files = [link.removeprefix(prefix) for link in shown.links if link.startswith(prefix)]
    others = [link for link in shown.links if not link.startswith(prefix)]

    assert {"docs/ci.md", "docs/faults.md#on-a-phone", "README.zh-CN.md"} <= {*files}
    assert [file for file in files if not names_a_place(file)] == []
    assert [link for link in others if not is_alive(link, shown)] == []


def is_alive(link: str, shown: Page) -> bool:
    """Whether it leads to a heading of the page, or is no address of the repository."""
    return link in shown.anchors if link.startswith("#") else link.startswith("http://127.0.0.1:")


@REPOSITORIES
def test_each_picture_is_one_of_the_repository_as_a_file(built: Built, repository: str) -> None:
    prefix = f"{FILES[repository]}raw/HEAD/"
    pictures = page(built(repository)[1]).pictures
    files = [ROOT / address.removeprefix(prefix) for address in pictures]

    assert len(pictures) == len(Page(read("README.md")).pictures) > 0
    assert all(file.read_bytes().startswith(b"\x89PNG") for file in files)


@REPOSITORIES
def test_the_addresses_beside_the_page_are_of_the_repository(built: Built, repository: str) -> None:
    given = metadata(built(repository)[1]).get_all("Project-URL")
    addresses = dict(each.split(", ") for each in given)

    assert addresses.pop("Source") == repository
    assert addresses == {
        "Documentation": f"{FILES[repository]}tree/HEAD/docs",
        "Changelog": f"{FILES[repository]}blob/HEAD/CHANGELOG.md",
        "Issues": f"{FILES[repository]}issues",
    }


def test_without_a_repository_links_are_text_and_pictures_go(built: Built) -> None:
    _, wheel = built("")
    shown = page(wheel)

    assert [link for link in shown.links if not is_alive(link, shown)] == []
    assert shown.pictures == []
    assert "Project-URL" not in metadata(wheel)
    assert "docs/ci.md has both, the" in metadata(wheel).get_payload()


@pytest.mark.parametrize("repository", ["", *FILES])
def test_code_is_shown_as_it_stands(built: Built, repository: str) -> None:
    assert page(built(repository)[1]).code == Page(read("README.md")).code


@pytest.mark.parametrize("repository", ["", GITHUB])
def test_a_wheel_of_the_sdist_is_that_of_the_checkout_whoever_builds_it(
    built: Built, repository: str, tmp_path: Path
) -> None:
    sdist, wheel = built(repository)
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()

    done = build(source, tmp_path / "dist", GITLAB)

    assert done.returncode == 0, done.stderr
    assert outcome(tmp_path / "dist")[1].read_bytes() == wheel.read_bytes()


def test_a_build_can_be_repeated_to_the_byte(built: Built, tmp_path: Path) -> None:
    assert build(ROOT, tmp_path, GITHUB).returncode == 0

    assert [each.read_bytes() for each in outcome(tmp_path)] == [
        each.read_bytes() for each in built(GITHUB)
    ]


def test_a_wheel_holds_the_package_and_its_licence_and_nothing_else(built: Built) -> None:
    with zipfile.ZipFile(built("")[1]) as archive:
        names = archive.namelist()
    about = [name.partition(".dist-info/")[2] for name in names if ".dist-info/" in name]

    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"tt_emulator"}
    assert [name for name in names if re.search(r"(^|/)(tests?[/_]|conftest)", name)] == []
    assert {*about} == {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}


@pytest.mark.parametrize(
    "repository", ["https://example.com/owner/name", "owner/name", "http://github.com/owner/name"]
)
def test_an_address_whose_pages_are_not_known_is_refused(tmp_path: Path, repository: str) -> None:
    done = build(ROOT, tmp_path, repository)

    assert done.returncode != 0
    assert f"TT_EMULATOR_REPOSITORY={repository}: where its files are shown" in done.stderr
    assert list(tmp_path.iterdir()) == []
