"""All of docs/ is there in Chinese, built as the English is, and no link leads astray."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin

from run_docs import ROOT
from tt_emulator.language import translate
from tt_emulator.platforms import PLATFORMS, load
from typesetting import misset

MARKDOWN = MarkdownIt("commonmark").enable("table").use(anchors_plugin, max_level=6)
CHINESE = ".zh-CN.md"
APIS = {name for identity in PLATFORMS.values() for name in load(identity).catalog.apis}
DOCS = sorted(ROOT.glob("docs/**/*.md"))
PAGES = [*sorted(ROOT.glob("*.md")), *DOCS]


def each(pages: list[Path]) -> pytest.MarkDecorator:
    names = [page.relative_to(ROOT).as_posix() for page in pages]
    return pytest.mark.parametrize("page", pages, ids=names)


each_page = each(PAGES)
each_chinese_page = each([page for page in PAGES if page.name.endswith(CHINESE)])
each_english_page_of_docs = each([page for page in DOCS if not page.name.endswith(CHINESE)])


def in_english(page: Path) -> Path:
    """Of a picture, too."""
    return page.with_name(page.name.replace(".zh-CN.", "."))


def in_chinese(page: Path) -> Path:
    return in_english(page).with_suffix(CHINESE)


@cache
def tokens(page: Path) -> list[Token]:
    return MARKDOWN.parse(page.read_text(encoding="utf-8"))


def built(page: Path) -> Iterator[tuple[object, ...]]:
    """Its headings, paragraphs, items, blocks of code, marks and tables, in their order."""
    parsed = tokens(page)
    for place, token in enumerate(parsed):
        match token.type:
            case "heading_open":
                yield token.tag, *untranslated(parsed[place + 1])
            case "fence" | "code_block":
                yield token.type, token.info, token.content
            case "html_block":
                yield token.type, token.content
            case "table_open":
                yield token.type, *shape(parsed[place:])
            case "paragraph_open" | "list_item_open":
                yield (token.type,)


def untranslated(heading: Token) -> list[str]:
    """All of it, if it is code or an API's name, else the code in it."""
    children = heading.children or []
    words = "".join(child.content for child in children if child.type == "text")
    if heading.content.rpartition(".")[2] in APIS or not any(map(str.isalpha, words)):
        return [heading.content]
    return [child.content for child in children if child.type == "code_inline"]


def shape(rest: list[Token]) -> tuple[int, int]:
    """The rows and columns of the table that begins there."""
    table = [token.type for token in takewhile(lambda token: token.type != "table_close", rest)]
    return table.count("tr_open"), table.count("th_open")


def sentences(page: Path) -> Iterator[str]:
    """Its paragraphs, headings and cells, with `x` for code and for what is quoted."""
    shown = {"code_inline": "x", "softbreak": "\n", "em_open": "“", "em_close": "”"}
    for token in tokens(page):
        children = token.children or []
        text = "".join(shown.get(child.type, child.content) for child in children)
        yield re.sub("“.*?”", "“x”", text)


@cache
def anchors(page: Path) -> set[object]:
    return {token.attrs["id"] for token in tokens(page) if token.type == "heading_open"}


def addresses(page: Path) -> Iterator[str]:
    """Those of its links and pictures, as they stand."""
    for token in tokens(page):
        for child in token.children or []:
            if link := str(child.attrs.get("href") or child.attrs.get("src") or ""):
                yield link


def links(page: Path) -> Iterator[tuple[str, Path, str]]:
    """Those to files of the repository: as they stand, the file, the anchor in it."""
    for link in addresses(page):
        scheme, _, path, _, anchor = urlsplit(unquote(link))
        if not scheme:
            yield link, (page.parent / path).resolve() if path else page, anchor


def targets(page: Path) -> Counter[Path | str]:
    """How often it leads to each file of the repository, in whichever language, or host."""
    hosts = [urlsplit(link).netloc for link in addresses(page)]
    files = (in_english(target) for _, target, _ in links(page))
    return Counter([*filter(None, hosts), *files])


def names(page: Path) -> set[str]:
    """What stands as code in its sentences and is one word; longer ones may be messages."""
    children = [child for token in tokens(page) for child in token.children or []]
    words = {child.content for child in children if child.type == "code_inline"}
    return {word for word in words if not re.search(r"[\s…]", word) and word.isascii()}


def linked(page: Path) -> set[Path]:
    return {target for _, target, _ in links(page)}


@each_english_page_of_docs
def test_a_page_is_built_alike_in_chinese(page: Path) -> None:
    assert in_chinese(page).exists(), f"translate it, as {in_chinese(page).name}"
    assert list(built(in_chinese(page))) == list(built(page))


@each_english_page_of_docs
def test_a_page_names_the_same_in_chinese(page: Path) -> None:
    assert names(in_chinese(page)) == names(page)


@each_english_page_of_docs
def test_a_page_leads_to_its_other_language(page: Path) -> None:
    assert in_chinese(page) in linked(page)
    assert page in linked(in_chinese(page))


@each_chinese_page
def test_a_chinese_page_leads_where_the_english_does(page: Path) -> None:
    assert targets(page) == targets(in_english(page))


@each_chinese_page
def test_a_chinese_page_leads_to_chinese_ones(page: Path) -> None:
    elsewhere = linked(page) - {in_english(page)}

    assert [one for one in elsewhere if one != in_chinese(one) and in_chinese(one).exists()] == []


@each_page
def test_a_link_leads_to_what_is_there(page: Path) -> None:
    assert [link for link, target, _ in links(page) if not target.exists()] == []
    assert [link for link, target, to in links(page) if to and to not in anchors(target)] == []


@each_chinese_page
def test_chinese_is_set_as_chinese_is(page: Path) -> None:
    assert [flaw for text in sentences(page) for flaw in misset(text)] == []


def test_no_chinese_page_is_left_without_its_english() -> None:
    assert [page for page in DOCS if not in_english(page).exists()] == []


def test_what_a_near_miss_says_stands_beside_the_english_as_it_is_printed() -> None:
    page = (ROOT / "docs/faults.zh-CN.md").read_text(encoding="utf-8")
    pairs = re.findall("`([^`]+)` / `([^`]+)`", page)

    assert len(pairs) == 11
    assert [translate(english, language="zh") for english, _ in pairs] == [zh for _, zh in pairs]
