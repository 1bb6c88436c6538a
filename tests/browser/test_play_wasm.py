"""WebAssembly of a played package's files, as games with such engines call it, in real Chromium."""

# ruff: noqa: E501  # what is JavaScript

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from browser.playing import Played, line_of, played, write_package

Play = Callable[..., tuple[Played, Page]]

WASM = bytes.fromhex(
    "0061736d01000000"
    "010501600001 7f"  # the one type: () → i32
    "020b01 03656e76 0374656e 0000"  # imports env.ten
    "03020100 0707 01 0372756e 0001"  # exports run
    "0a0901 0700 1000 4101 6a0b"  # which is ten() + 1
)

BEGINS = bytes.fromhex(
    "0061736d01000000"
    "0108 02 6000017f 600000"  # () → i32, and () → nothing
    "020b01 03656e76 0374656e 0000"  # imports env.ten
    "03020101 080101"  # a function, which runs at the start
    "0a0701 0500 1000 1a0b"  # ten()
)


def brotli(data: bytes) -> bytes:
    """A brotli stream that has the data as it is. RFC 7932, section 9.2."""
    head = 0x0B | (len(data) - 1) << 7 | 1 << 23
    return head.to_bytes(3, "little") + data + b"\x03"


FILES = {
    "engine/core.wasm": WASM,
    "engine/core.wasm.br": brotli(WASM),
    "engine/begins.wasm": BEGINS,
    "torn.wasm": WASM[:20],
    "unpacked.wasm.br": WASM,
    "core.bin": WASM,
}
SAY = "const say = (promise) => promise.then((x) => console.log('is ' + x), (error) => console.log(`${error.name}: ${error.message}`));\n"


@pytest.fixture
def play(profile: BrowserContext, forget: Any, tmp_path: Path) -> Iterator[Play]:
    with ExitStack() as servers:

        def play_code(code: str, as_: str = "tt") -> tuple[Played, Page]:
            files = {**FILES, "game.js": SAY + code}
            folder = write_package(tmp_path / "package", files)
            package = servers.enter_context(played(profile, folder, play_as=as_))
            return package, package.open()

        yield play_code
    forget()


@pytest.mark.parametrize("path", ["engine/core.wasm", "/engine/core.wasm", "engine/core.wasm.br"])
@pytest.mark.parametrize("as_", ["tt", "wx"])
def test_a_file_is_instantiated_by_its_path(play, path, as_):
    code = f"""{as_.upper()}WebAssembly.instantiate('{path}', {{ env: {{ ten: () => 10 }} }})
        .then(({{ module, instance }}) => console.log(`${{module}} ${{instance.exports.run()}}`));"""
    package, page = play(code, as_)
    line_of(package, page, r"log: \[object WebAssembly.Module\] 11")
    assert package.errors == []


def test_a_file_is_compiled_once_for_many_instances(play):
    package, page = play("""TTWebAssembly.compile('engine/core.wasm').then((module) => {
        const run = (number) => new TTWebAssembly.Instance(module, { env: { ten: () => number } }).exports.run();
        console.log(`${module instanceof TTWebAssembly.Module} ${run(1)} ${run(2)}`);
    });""")
    line_of(package, page, "log: true 2 3")


@pytest.mark.parametrize(
    ("as_", "seen"),
    [
        ("tt", "Global,Instance,Memory,Module,Table,compile,instantiate none"),
        ("wx", "none Global,Instance,Memory,Table,instantiate"),
    ],
)
def test_it_goes_by_the_name_of_the_platform_with_what_that_documents(play, as_, seen):
    names = "(Given) => Object.keys(Given).sort().join()"
    package, page = play(
        f"""const names = {names}; const of = (given) => (given ? names(given) : 'none');
        console.log(of(GameGlobal.TTWebAssembly), of(GameGlobal.WXWebAssembly), typeof WebAssembly);""",
        as_,
    )
    line_of(package, page, f"log: {seen} undefined")


def test_it_needs_nothing_that_the_game_has_replaced(play):
    package, page = play("""GameGlobal.Promise = GameGlobal.fetch = null;
        Array.prototype.map = String.prototype.split = Object.keys = () => { throw new Error('late'); };
        const given = TTWebAssembly.instantiate('engine/core.wasm', { env: { ten: () => 10 } });
        given.then(({ instance }) => console.log(instance.exports.run()), (error) => console.log(error.message));""")
    line_of(package, page, "log: 11")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("instantiate('gone.wasm', {})", r"Error: \S+instantiate: .*'gone\.wasm'"),
        ("compile('gone.wasm')", r"Error: \S+compile: .*'gone\.wasm'"),
        ("instantiate('../../core.wasm', {})", r"Error: .*'\.\./\.\./core\.wasm'"),
        ("instantiate('core.bin', {})", r"Error: .*\.wasm or \.wasm\.br file 'core\.bin'"),
        ("compile('torn.wasm')", r"CompileError: \S+compile: 'torn\.wasm': "),
        ("instantiate('torn.wasm', {})", r"CompileError: \S+instantiate: 'torn\.wasm': "),
        ("instantiate('unpacked.wasm.br', {})", r"Error: .*'unpacked\.wasm\.br' could not be read"),
        ("instantiate('engine/core.wasm')", r"TypeError: .*'engine/core\.wasm': .*Imports"),
        (
            "instantiate('engine/core.wasm', { env: {} })",
            r"LinkError: .*'engine/core\.wasm': .*ten",
        ),
        ("instantiate(new ArrayBuffer(8), {})", r"TypeError: TTWebAssembly\.instantiate: .* path"),
    ],
)
def test_what_fails_rejects_and_names_the_file(play, call, said):
    package, page = play(f"say(TTWebAssembly.{call});")
    line_of(package, page, f"log: {said}")
    assert package.errors == []


def test_what_the_games_own_function_throws_stays_as_it_is(play):
    code = """const ten = () => { throw new TypeError('mine'); };
        TTWebAssembly.instantiate('engine/begins.wasm', { env: { ten } }).catch((error) => console.log(error.message));"""
    package, page = play(code)
    line_of(package, page, "log: mine$")


def test_bytes_are_refused_on_the_sister_platform_in_its_words(play):
    package, page = play(
        "try { WXWebAssembly.instantiate(new ArrayBuffer(8), {}); } catch (error) { console.log(error.message); }",
        "wx",
    )
    line_of(package, page, "log: WebAssembly.instantiate: first argument must be a string$")
