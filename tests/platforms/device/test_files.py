"""FileSystemManager at the emulator: what changes the user folder, in the documented words."""

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import Bench
from tt_emulator.domain.model import Call
from tt_emulator.domain.user_files import Entry
from tt_emulator.platforms.device.file_paths import USER, below

A = f"{USER}/a"
FOLDER = f"{USER}/d"


def files(bench: Bench) -> dict[str, bytes | None]:
    """What player-1 has: contents by path, None for a folder."""
    kept = bench.world.store.files
    return {
        path: None if entry.is_folder else kept.read("player-1", path)
        for path, entry in kept.entries("player-1").items()
    }


def failed(bench: Bench, api: str, **options: Any) -> tuple[str, int]:
    body = bench.call(api, options)
    return body["errMsg"], body["errNo"]


@pytest.mark.parametrize(
    ("encoding", "text", "data"),
    [
        (None, "ä\N{SNOWMAN}", "ä\N{SNOWMAN}".encode()),
        ("utf-8", "ä", b"\xc3\xa4"),
        ("base64", base64.b64encode(b"\0\xff\xfe").decode(), b"\0\xff\xfe"),
        ("base64", "AP8", b"\0\xff"),
        ("base64", "-_8=", b"\xfb\xff"),
        ("hex", "00Ff", b"\0\xff"),
        ("latin1", "\xff\0", b"\xff\0"),
        ("binary", "\xfe", b"\xfe"),
        ("ascii", "a", b"a"),
        ("utf16le", "a\N{SNOWMAN}", "a\N{SNOWMAN}".encode("utf-16-le")),
        ("ucs2", "", b""),
    ],
)
def test_a_text_is_written_by_its_encoding(bench, encoding, text, data):
    options = {"filePath": A, "data": text} | ({"encoding": encoding} if encoding else {})
    assert bench.call("writeFile", options) == {"errMsg": "writeFile:ok"}

    assert files(bench) == {"a": data}


@pytest.mark.parametrize(
    "options",
    [
        {"data": "x", "encoding": "utf7"},
        {"data": "zz", "encoding": "hex"},
        {"data": "a", "encoding": "base64"},
        {"data": 3},
        {"data": None},
        {"data": ["x"]},
    ],
)
def test_what_is_no_text_of_its_encoding_is_an_invalid_param(bench, options):
    assert failed(bench, "writeFile", filePath=A, **options) == (
        "writeFile:fail invalid param",
        20001,
    )
    assert files(bench) == {}


def test_what_was_sent_ahead_is_taken_once(bench):
    bench.world.uploads.put("u", b"\0\xff")
    bench.call("writeFile", {"filePath": A, "data": {"upload": "u"}})

    assert files(bench) == {"a": b"\0\xff"}
    assert failed(bench, "writeFile", filePath=A, data={"upload": "u"}) == (
        "writeFile:fail internal error",
        20000,
    )


@pytest.mark.parametrize(
    "path",
    [
        *("a.txt", "/a", "", "http://x/a", "wxfile://usr/a", "ttfile://temp/a", "ttfile://userx/a"),
        *("ttfile://user", "ttfile://user/", "ttfile://user/../a", "ttfile://user/a/../../b"),
    ],
)
def test_only_below_the_user_folder_can_be_written(bench, path):
    assert failed(bench, "writeFile", filePath=path, data="x") == (
        f"writeFile:fail permission denied, writeFile {path}",
        21101,
    )
    assert failed(bench, "mkdir", dirPath=path) == (
        f"mkdir:fail permission denied, mkdir {path}",
        21101,
    )


def test_a_file_wants_its_folder(bench):
    assert failed(bench, "writeFile", filePath=f"{FOLDER}/x", data="x") == (
        f"writeFile:fail no such file or directory, writeFile {FOLDER}/x",
        21102,
    )
    bench.call("writeFile", {"filePath": FOLDER, "data": "a file"})
    assert failed(bench, "writeFile", filePath=f"{FOLDER}/x", data="x")[1] == 21102


def test_append_makes_a_file_and_goes_on_with_it(bench):
    for part in ("one", "two"):
        assert bench.call("appendFile", {"filePath": A, "data": part})["errMsg"] == "appendFile:ok"

    assert files(bench) == {"a": b"onetwo"}


def test_mkdir_makes_what_lies_above_if_it_may(bench):
    assert failed(bench, "mkdir", dirPath=f"{FOLDER}/e") == (
        f"mkdir:fail no such file or directory, mkdir {FOLDER}/e",
        21103,
    )
    assert bench.call("mkdir", {"dirPath": f"{FOLDER}/e/f", "recursive": True})["errMsg"] == (
        "mkdir:ok"
    )
    assert files(bench) == {"d": None, "d/e": None, "d/e/f": None}


def test_a_folder_with_something_in_it_goes_only_whole(bench):
    bench.call("mkdir", {"dirPath": FOLDER})
    bench.call("writeFile", {"filePath": f"{FOLDER}/x", "data": "x"})
    bench.call("writeFile", {"filePath": f"{USER}/dx", "data": "x"})
    assert failed(bench, "rmdir", dirPath=FOLDER) == ("rmdir:fail directory not empty", 21103)
    bench.call("rmdir", {"dirPath": FOLDER, "recursive": True})

    assert files(bench) == {"dx": b"x"}


def test_rename_moves_a_folder_with_all_that_is_in_it(bench):
    bench.call("mkdir", {"dirPath": f"{FOLDER}/e", "recursive": True})
    bench.call("writeFile", {"filePath": f"{FOLDER}/e/x", "data": "x"})
    bench.call("rename", {"oldPath": FOLDER, "newPath": f"{USER}/new"})

    assert files(bench) == {"new": None, "new/e": None, "new/e/x": b"x"}
    inside = {"oldPath": f"{USER}/new", "newPath": f"{USER}/new/e/y"}
    assert failed(bench, "rename", **inside) == (
        f"rename:fail operation not permitted, rename {USER}/new",
        21103,
    )
    assert failed(bench, "rename", oldPath=f"{USER}/none", newPath=A) == (
        f"rename:fail no such file or directory, rename {USER}/none -> {A}",
        21102,
    )


def test_a_copy_leaves_the_file(bench):
    bench.call("writeFile", {"filePath": A, "data": "x"})
    bench.call("copyFile", {"srcPath": A, "destPath": f"{USER}/b"})

    assert files(bench) == {"a": b"x", "b": b"x"}
    assert failed(bench, "copyFile", srcPath="game.js", destPath=f"{USER}/b") == (
        f"copyFile:fail permission denied, copyFile game.js -> {USER}/b",
        21101,
    )


def test_a_saved_file_has_a_name_of_its_own_and_is_listed_as_saved(bench):
    bench.world.uploads.put("u", b"png")
    body = bench.call("saveFile", {"tempFilePath": "ttfile://temp/1.png", "upload": "u"})
    path = body["savedFilePath"].removeprefix(f"{USER}/")

    assert path.endswith(".png")
    assert bench.world.store.files.entries("player-1") == {
        path: Entry(bench.clock.ms, 3, saved=True)
    }
    assert bench.call("removeSavedFile", {"filePath": body["savedFilePath"]})["errMsg"] == (
        "removeSavedFile:ok"
    )
    assert files(bench) == {}


def test_the_folder_holds_200_megabytes_and_not_a_byte_more(bench):
    limit = 200 * 1024 * 1024
    almost = {"big": Entry(0, limit - 3)}
    bench.world.store.files.entries = lambda _: almost

    assert bench.call("writeFile", {"filePath": A, "data": "123"})["errMsg"] == "writeFile:ok"
    assert failed(bench, "writeFile", filePath=A, data="1234") == (
        "writeFile:fail user dir saved file size limit exceeded",
        21103,
    )


def test_a_sync_method_speaks_as_its_sister_and_meets_neither_fault_nor_journal(bench, arm):
    arm(error="permission-denied", api="appendFile")
    api = bench.catalog.apis["appendFileSync"]

    def act(path: str) -> dict[str, Any]:
        return bench.engine.act(Call(api, {"filePath": path, "data": "x"})).body

    assert act(A) == {"errMsg": "appendFile:ok"}
    assert act("a.txt") == {
        "errMsg": "appendFile:fail permission denied, appendFile a.txt",
        "errNo": 21101,
    }
    assert bench.world.journal.find() == []


def test_an_armed_failure_leaves_the_folder_as_it_is_and_names_the_path(bench, arm):
    arm(error="no-such-file", api="rename")
    bench.call("writeFile", {"filePath": A, "data": "x"})

    assert failed(bench, "rename", oldPath=A, newPath=f"{USER}/b") == (
        f"rename:fail no such file or directory, rename {A} -> {USER}/b",
        21102,
    )
    assert files(bench) == {"a": b"x"}


def test_an_armed_failure_after_the_act_leaves_it_done(bench, arm):
    arm(error="user-folder-full", api="writeFile", moment="after")

    assert failed(bench, "writeFile", filePath=A, data="x")[1] == 21103
    assert files(bench) == {"a": b"x"}


@given(st.lists(st.sampled_from(["a", "b", ".", "..", "", "ä"]), max_size=8))
def test_no_spelling_leads_out_of_the_user_folder(parts):
    path = below(USER, "/".join([USER, *parts]))

    assert path is None or not {"..", ".", ""} & set(path.split("/")) or path == ""
