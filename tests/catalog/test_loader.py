from collections.abc import Callable
from pathlib import Path

import pytest

from tt_emulator.catalog import load_from, read_pages
from tt_emulator.catalog.catalog import Cited
from tt_emulator.errors import CatalogError
from tt_emulator.platforms.tt import pages
from tt_emulator.platforms.tt.pages import load
from tt_emulator.platforms.tt.services import OUTWARD, SERVICES

CATALOG = load()
APIS = CATALOG.apis.values()
COPIES = ("B2", "S58")
"""Pages of the server API that only copies of them could be read of."""
ASYNC = [api for api in APIS if api.kind == "async"]


def test_what_a_start_reads_is_what_the_pages_say():
    folder = Path(pages.__file__).parent

    assert load_from(folder) == read_pages(folder)


SOURCES = 'S1 = "https://example.org/page"\n'
NAMES = 'bad-parameter = { en = "a bad parameter", zh = "参数错误" }\n'
VOCABULARY = 'code_fields = ["errorCode"]\ntypes = ["D"]\nlimits = ["key"]\n'
API = """\
name = "save"
since = "1.0.0"
kind = "async"
domains = ["main"]
failure = "errorCode"
evidence = "documented"
source = "S1"

[success]
fields = ["errMsg"]
evidence = "documented"
source = "S1"

[[params]]
name = "keyList"
type = "array<string>"
required = true
evidence = "documented"
source = "S1"

[[limits]]
name = "key"
max = 128
unit = "bytes"
message = "too long"
evidence = "documented"
source = "S1"

[[errors]]
name = "bad-parameter"
code = 999999
message = "keyList"
type = "D"
evidence = "documented"
source = "S1"
"""
PARTS = {
    "the api": 'name = "save"\n',
    "success": "[success]\n",
    "a parameter": "[[params]]\n",
    "a limit": "[[limits]]\n",
    "an error": "[[errors]]\n",
}
ROW = API[API.index("[[errors]]") :]

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A catalog of one API, with any of its files in other words."""

    def write_files(api: str = API, sources: str = SOURCES, names: str = NAMES) -> Path:
        (tmp_path / "catalog").mkdir()
        (tmp_path / "catalog" / "save.toml").write_text(api, encoding="utf-8")
        (tmp_path / "sources.toml").write_text(sources, encoding="utf-8")
        (tmp_path / "names.toml").write_text(names, encoding="utf-8")
        (tmp_path / "vocabulary.toml").write_text(VOCABULARY, encoding="utf-8")
        return tmp_path

    return write_files


def refuse(folder: Path, flaw: str, file: str = "save.toml") -> None:
    with pytest.raises(CatalogError, match=flaw) as caught:
        load_from(folder)
    assert caught.value.detail.startswith(f"{file}: ")
    assert caught.value.hint


def without(part: str, line: str) -> str:
    """The API's file without the first such line that follows `part`."""
    head, tail = API[: API.index(part)], API[API.index(part) :]
    assert line in tail
    return head + tail.replace(line, "", 1)


def test_a_file_that_says_all_and_nothing_else_is_read(write: Write) -> None:
    api = load_from(write()).apis["save"]

    assert api.row("bad-parameter").code == 999999
    assert (api.limit("key").max, api.limit("key").unit) == (128, "bytes")


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_an_unknown_key_is_refused_in_every_table(write: Write, part: str) -> None:
    refuse(write(API.replace(part, part + "surprise = 1\n", 1)), "surprise")


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
@pytest.mark.parametrize(("field", "value"), [("evidence", "documented"), ("source", "S1")])
def test_every_statement_needs_its_evidence_and_source(
    write: Write, part: str, field: str, value: str
) -> None:
    text = without(part, f'{field} = "{value}"\n')

    refuse(write(text), f"missing required field `{field}`")


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_every_source_is_a_known_page(write: Write, part: str) -> None:
    line = 'source = "S1"\n'
    text = without(part, line)

    refuse(write(text.replace(part, part + 'source = "S9"\n', 1)), "unknown source 'S9'")


def test_a_limit_needs_its_unit(write: Write) -> None:
    refuse(write(without("[[limits]]\n", 'unit = "bytes"\n')), "missing required field `unit`")


def test_a_unit_is_one_that_is_known(write: Write) -> None:
    refuse(write(API.replace('"bytes"', '"letters"')), "letters")


def test_a_kind_of_api_that_no_line_is_about_is_refused(write: Write) -> None:
    refuse(write(API.replace('"async"', '"rumour"')), "unknown kind 'rumour'; known: async, sync")


def test_an_inferred_row_needs_a_note(write: Write) -> None:
    inferred = ROW.replace('"documented"', '"inferred"')

    refuse(write(API.replace(ROW, inferred)), "'bad-parameter' is inferred, so a note must say why")


def test_an_inferred_row_with_a_note_is_read(write: Write) -> None:
    inferred = ROW.replace('"documented"', '"inferred"\nnote = "Because."')

    assert load_from(write(API.replace(ROW, inferred))).apis["save"].errors[0].note == "Because."


def test_evidence_is_documented_or_seen_or_inferred(write: Write) -> None:
    refuse(write(API.replace(ROW, ROW.replace('"documented"', '"hearsay"'))), "hearsay")


def test_a_seen_row_needs_a_note_too(write: Write) -> None:
    seen = ROW.replace('"documented"', '"seen"')

    refuse(write(API.replace(ROW, seen)), "'bad-parameter' is seen, so a note must say when")


@pytest.mark.parametrize(
    ("old", "new", "flaw"),
    [
        ('type = "D"', 'type = "X"', "unknown word 'X' in type"),
        (
            "code = 999999",
            'code = 999999\ncode_field = "errno"',
            "unknown word 'errno' in code_field",
        ),
        ("code = 999999", 'code_field = "errorCode"', "has no code for its code_field"),
        ("code = 999999", "code = 1\nalso = { errno = 0 }", "unknown word 'errno' in also"),
        ("code = 999999", "code = 1\nalso = { errorCode = 0 }", "has a field twice"),
        ("code = 999999", 'code = 1\nalso = { errMsg = "x" }', "has a field twice"),
        ("code = 999999", 'literal = "load:fail x"', "has a literal, so it can have no message"),
        ('message = "keyList"', 'literal = "save:fail x"', "begins as every text does"),
        ('message = "keyList"', 'literal = "save:fail"', "begins as every text does"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(
    write: Write, old: str, new: str, flaw: str
) -> None:
    refuse(write(API.replace(ROW, ROW.replace(old, new))), flaw)


@pytest.mark.parametrize(
    ("old", "new", "flaw"),
    [
        ('failure = "errorCode"', 'failure = "errno"', "unknown word 'errno' in failure"),
        (
            'failure = "errorCode"',
            'failure = "errMsg"\nneeds = ["luck"]',
            "unknown word 'luck' in needs",
        ),
        ('name = "key"\nmax', 'name = "keys"\nmax', "unknown word 'keys' in limits"),
        ('kind = "async"', 'kind = "server"', "is in no game, so its one domain is server"),
        ('domains = ["main"]', "domains = []", "it must have domains of games"),
        ('domains = ["main"]', 'domains = ["main", "server"]', "it must have domains of games"),
        (
            'name = "keyList"\n',
            'name = "keyList"\nwhere = "body"\n',
            "'keyList': `where` is told of each option at an endpoint alone",
        ),
        (
            'kind = "async"\ndomains = ["main"]',
            'kind = "server"\ndomains = ["server"]',
            "what is in no game has an endpoint",
        ),
        (
            'kind = "async"',
            'kind = "sync"\npromise = "without-callbacks"',
            "'sync' never returns a promise",
        ),
    ],
)
def test_an_api_that_contradicts_itself_is_refused(
    write: Write, old: str, new: str, flaw: str
) -> None:
    refuse(write(API.replace(old, new, 1)), flaw)


def test_a_code_may_be_a_text_with_a_field_of_its_own(write: Write) -> None:
    row = ROW.replace("code = 999999", 'code = "-1"\ncode_field = "errMsg"')
    api = load_from(write(API.replace(ROW, row))).apis["save"]

    assert api.errors[0].code == "-1"
    assert api.code_field_of(api.errors[0]) is None


def test_a_source_without_an_address_is_cited(write: Write) -> None:
    cited = 'S1 = { kind = "community", title = "a thread", date = "2018-03" }\n'
    catalog = load_from(write(sources=cited))

    assert catalog.page("S1") is None
    assert catalog.rows()[0].source == "community: a thread (2018-03)"


@pytest.fixture
def borrow(tmp_path: Path) -> Callable[[str], Path]:
    """A platform with one API of its own, `load`, beside that of the lender."""

    def write_files(said: str) -> Path:
        for name, api in (("lender", "save"), ("borrower", "load")):
            folder = tmp_path / name
            (folder / "catalog").mkdir(parents=True)
            text = API.replace('"save"', f'"{api}"')
            (folder / "catalog" / f"{api}.toml").write_text(text, encoding="utf-8")
            (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
            (folder / "names.toml").write_text(NAMES, encoding="utf-8")
            (folder / "vocabulary.toml").write_text(VOCABULARY, encoding="utf-8")
        head = 'from = "lender"\nsource = "S1"\nnote = "As the lender has it."\n'
        (tmp_path / "borrower" / "borrowed.toml").write_text(head + said, encoding="utf-8")
        return tmp_path / "borrower"

    return write_files


def test_what_is_borrowed_is_a_conclusion_without_numbers(borrow: Callable[[str], Path]) -> None:
    api = load_from(borrow('both = ["save"]')).apis["save"]

    assert (api.evidence, api.note, api.since) == ("inferred", "As the lender has it.", None)
    assert (api.failure, api.domains) == ("errMsg", ("main", "open"))
    (row,) = api.errors
    assert (row.name, row.message, row.code, row.type) == ("bad-parameter", "keyList", None, None)
    assert (row.evidence, row.note) == ("inferred", "As the lender has it.")


@pytest.mark.parametrize(
    ("said", "flaw"),
    [
        ('main = ["sing"]', "platform lender has no API 'sing'"),
        ('main = ["save", "save"]', "save stands twice"),
        ('surprise = ["save"]', "surprise"),
    ],
)
def test_what_cannot_be_borrowed_is_refused(
    borrow: Callable[[str], Path], said: str, flaw: str
) -> None:
    refuse(borrow(said), flaw, "borrowed.toml")


def test_an_api_with_a_file_of_its_own_is_not_borrowed_as_well(
    borrow: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = borrow('main = ["save"]')
    (folder / "catalog" / "save.toml").write_text(API, encoding="utf-8")

    refuse(folder, "save has a file of its own", "borrowed.toml")


def test_an_unknown_error_name_is_refused(write: Write) -> None:
    refuse(write(API.replace('"bad-parameter"', '"typo"')), "unknown error name 'typo'")


def test_a_row_stands_once_by_name(write: Write) -> None:
    refuse(write(API + "\n" + ROW.replace("999999", "1")), "'bad-parameter' stands twice")


def test_a_row_stands_once_by_code_and_text(write: Write) -> None:
    names = NAMES + 'other = { en = "other", zh = "其他" }\n'
    twin = ROW.replace("bad-parameter", "other")

    refuse(write(API + "\n" + twin, names=names), "error 999999 'keyList' stands twice")


def test_rows_may_share_a_code(write: Write) -> None:
    names = NAMES + 'other = { en = "other", zh = "其他" }\n'
    sibling = ROW.replace("bad-parameter", "other").replace('"keyList"', '"another text"')
    catalog = load_from(write(API + "\n" + sibling, names=names))

    assert [row.code for row in catalog.apis["save"].errors] == [999999, 999999]


def test_a_file_is_named_after_its_api(write: Write) -> None:
    refuse(write(API.replace('"save"', '"load"')), "describes load, so it must be load.toml")


@pytest.mark.parametrize("text", ["name = ", "[[errors]\n", 'name = "save"\nname = "save"\n'])
def test_broken_toml_is_refused(write: Write, text: str) -> None:
    refuse(write(text), "line|Invalid|Expected")


def test_a_number_where_a_text_belongs_is_refused(write: Write) -> None:
    refuse(write(API.replace('"1.0.0"', "1.0")), "Expected `str | null`")


def test_the_sources_and_names_are_read_as_strictly(write: Write) -> None:
    folder = write(sources="S1 = 1\n")
    refuse(folder, r"Expected `str \| object`", "sources.toml")

    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    for text in ('bad-parameter = { en = "a" }\n', NAMES.replace("}", ', fr = "b" }')):
        (folder / "names.toml").write_text(text, encoding="utf-8")
        refuse(folder, "zh|fr", "names.toml")


def test_the_shipped_catalog_has_the_apis_of_cloud_storage_and_login() -> None:
    assert CATALOG.apis.keys() >= {
        "setUserCloudStorage",
        "getUserCloudStorage",
        "removeUserCloudStorage",
        "login",
        "checkSession",
        "canIUse",
        "getSystemInfoSync",
    }


@pytest.mark.parametrize("api", APIS, ids=lambda api: api.name)
def test_every_shipped_row_has_evidence_and_a_page_that_can_be_opened(api) -> None:
    for row in (api, api.success, *api.params, *api.limits, *api.rules, *api.errors):
        assert row.evidence in ("documented", "inferred")
        source = CATALOG.sources[row.source]
        assert isinstance(source, Cited) if row.source in COPIES else source.startswith("https://")


def test_no_shipped_name_is_left_without_an_error() -> None:
    assert CATALOG.names.keys() == {row.name for api in APIS for row in api.errors}


def test_every_asynchronous_api_has_a_service_and_every_service_an_api() -> None:
    assert SERVICES.keys() == {api.name for api in ASYNC}
    assert OUTWARD.keys() == {api.name for api in APIS if api.kind == "outgoing"}


@pytest.mark.parametrize("api", ASYNC, ids=lambda api: api.name)
def test_an_api_documents_every_row_that_its_own_rules_may_answer(api) -> None:
    causes = {
        "session": ["session-failure"],
        "network": ["network-unavailable", "internal-error"],
        "limits": ["server-error"],
        "options": ["bad-parameter"],
        "hosts": ["not-supported"],
    }
    wanted = [
        *api.needs,
        *["limits"] * any(limit.message for limit in api.limits),
        *["options"] * any(param.values or param.required for param in api.params),
        *["hosts"] * bool(api.hosts or api.hosts_without),
    ]

    for cause in wanted:
        assert any(api.row(name) for name in causes[cause]), cause


def test_the_rows_of_the_page_are_all_documented() -> None:
    rows = CATALOG.apis["setUserCloudStorage"].errors

    assert len(rows) == 8
    assert {(row.evidence, row.source) for row in rows} == {("documented", "S1")}
