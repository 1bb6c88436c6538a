"""tt.getFileSystemManager in a package that is played, in a real Chromium."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser.sounds import wav
from played import Played, played
from tt_emulator.client import Client

USER = "ttfile://user"
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
GAME = """
GameGlobal.files = tt.getFileSystemManager();
GameGlobal.ask = (name, options) => new Promise((done) => {
  let isBack = false;
  files[name]({ ...options, complete: (res) => done({ ...res, isLater: isBack }) });
  isBack = true;
});
GameGlobal.thrown = (name, ...given) => {
  try {
    files[name](...given);
    return null;
  } catch (error) {
    return [error.message, error.errNo, error instanceof Error];
  }
};
GameGlobal.bytes = (buffer) => [buffer instanceof ArrayBuffer, ...new Uint8Array(buffer)];
GameGlobal.shown = (src) => new Promise((done) => {
  const image = tt.createImage();
  image.onload = () => done([image.width, image.src]);
  image.onerror = () => done(['failed', image.src]);
  image.src = src;
});
GameGlobal.heard = (src) => new Promise((done) => {
  const sound = tt.createInnerAudioContext();
  sound.onCanplay(() => done(['plays', sound.duration, sound.src]));
  sound.onError(({ errCode }) => done(['failed', errCode, sound.src]));
  sound.src = src;
});
GameGlobal.isReady = true;
"""

Play = Callable[..., Page]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    (folder / "data").mkdir()
    for name, content in {
        "game.json": b'{"openDataContext": "open"}',
        "game.js": GAME.encode(),
        "data/text.txt": "hi ä".encode(),
        "data/ä #1%.bin": b"\0\xff\xfe",
        "empty": b"",
        "dot.png": DOT,
        "half.wav": wav(0.5),
    }.items():
        (folder / name).write_bytes(content)
    (folder / "open").mkdir()
    (folder / "open" / "index.js").write_text("")
    return folder


@pytest.fixture(scope="module")
def running(package: Path) -> Iterator[Played]:
    with played(package, "--ephemeral") as found:
        yield found


def opened(page: Page, running: Played, world: str) -> Page:
    page.goto(f"{running.game_url}/?tt-player=alice&tt-world={world}")
    while not page.evaluate("globalThis.isReady === true"):
        page.wait_for_timeout(20)
    return page


@pytest.fixture
def page(chromium: Browser, running: Played, new_world: str) -> Iterator[Page]:
    context = chromium.new_context()
    yield opened(context.new_page(), running, new_world)
    context.close()


def test_there_is_one_manager(page):
    assert page.evaluate("files === tt.getFileSystemManager()")


def test_files_of_the_package_are_read_in_both_forms(page):
    odd = "data/ä #1%.bin"
    assert page.evaluate("(path) => bytes(files.readFileSync(path))", odd) == [True, 0, 255, 254]
    assert page.evaluate(
        "async (filePath) => bytes((await ask('readFile', { filePath })).data)", odd
    ) == [True, 0, 255, 254]
    for encoding, text in {
        "utf8": "hi ä",
        "utf-8": "hi ä",
        "base64": "aGkgw6Q=",
        "hex": "686920c3a4",
        "latin1": "hi Ã¤",
        "ucs2": b"hi \xc3".decode("utf-16-le"),
    }.items():
        read = page.evaluate("(e) => files.readFileSync('data/text.txt', e)", encoding)
        asked = {"filePath": "data/text.txt", "encoding": encoding}
        answer = page.evaluate("(o) => ask('readFile', o)", asked)
        assert answer == {"errMsg": "readFile:ok", "data": read, "isLater": True}
        assert read == text
    assert page.evaluate("bytes(files.readFileSync('empty'))") == [True]


@pytest.mark.parametrize("left_out", ["", None])
def test_an_encoding_that_an_engine_leaves_empty_is_none(page, left_out):
    options = {"filePath": "data/text.txt", "encoding": left_out}
    asked = "async (options) => bytes((await ask('readFile', options)).data)[0]"
    assert page.evaluate(asked, options) is True
    assert (
        page.evaluate("(e) => bytes(files.readFileSync('data/text.txt', e))[0]", left_out) is True
    )
    written = {"filePath": f"{USER}/left-out", "data": "ä", "encoding": left_out}
    assert page.evaluate("(o) => ask('writeFile', o)", written)["errMsg"] == "writeFile:ok"
    assert page.evaluate(f"files.readFileSync('{USER}/left-out', 'utf8')") == "ä"


@pytest.mark.parametrize(
    ("encoding", "text", "size"),
    [("base64", "YWI\n", 2), ("base64", "YWJ!j", None), ("hex", "61 62", None), ("hex", "6162", 2)],
)
def test_page_and_emulator_agree_on_what_a_text_is(page, running, new_world, encoding, text, size):
    path = f"{USER}/agreed"
    options = {"filePath": path, "data": text, "encoding": encoding}
    message = page.evaluate("(o) => ask('writeFile', o)", options)["errMsg"]
    with Client(running.url, new_world) as client:
        answer = client.call("writeFile", options)["errMsg"]
    assert message == answer == ("writeFile:ok" if size else "writeFile:fail invalid param")
    if size:
        assert page.evaluate("(path) => files.statSync(path).size", path) == size


def test_what_is_not_there_fails_in_the_documented_words(page):
    assert page.evaluate("ask('access', { path: 'none' })") == {
        "errMsg": "access:fail no such file or directory, none",
        "errNo": 21102,
        "isLater": True,
    }
    assert page.evaluate("thrown('accessSync', 'none')") == [
        "access:fail no such file or directory, none",
        21102,
        True,
    ]
    assert page.evaluate("thrown('readFileSync', 'none')") == [
        "readFile:fail no such file or directory, readFile none",
        21102,
        True,
    ]


@pytest.mark.parametrize(
    ("name", "given", "message", "number"),
    [
        ("statSync", ["game.js"], "stat:fail permission denied, stat game.js", 21101),
        ("readdirSync", ["data"], "readdir:fail permission denied, readdir data", 21101),
        ("writeFileSync", ["a", "x"], "writeFile:fail permission denied, writeFile a", 21101),
        ("accessSync", ["../game.js"], "access:fail permission denied, ../game.js", 21101),
        (
            "accessSync",
            ["/etc/passwd"],
            "access:fail no such file or directory, /etc/passwd",
            21102,
        ),
        ("accessSync", [], "access:fail params path is required", 20000),
        ("accessSync", [3], "access:fail params path type is not string type", 20000),
        ("readFileSync", ["game.js", "utf7"], "readFile:fail invalid param", 20001),
        (
            "unlinkSync",
            [f"{USER}/x"],
            f"unlink:fail no such file or directory, unlink {USER}/x",
            21102,
        ),
        ("rmdirSync", [USER], f"rmdir:fail permission denied, rmdir {USER}", 21101),
    ],
)
def test_a_sync_form_throws_what_is_documented(page, name, given, message, number):
    assert page.evaluate("([name, given]) => thrown(name, ...given)", [name, given]) == [
        message,
        number,
        True,
    ]


def test_asking_what_there_is_costs_no_request(page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found = page.evaluate("""async () => {
      const answers = [];
      for (let index = 0; index < 50; index += 1) {
        answers.push((await ask('access', { path: 'dot.png' })).errMsg);
        answers.push((await ask('access', { path: 'none' })).errNo);
      }
      const stat = await ask('stat', { path: 'ttfile://user' });
      answers.push(stat.stat.isDirectory(), stat.stat === stat.stats, files.readdirSync('ttfile://user').length);
      answers.push((await ask('getSavedFileList')).fileList.length);
      return [...new Set(answers)];
    }""")

    assert found == ["access:ok", 21102, True, 0]
    assert not [
        url for url in asked if not url.endswith(("/tt/state", "/tt/events", "/__play/pages"))
    ]


def test_an_armed_fault_strikes_what_the_page_could_answer(page, running, new_world):
    with Client(running.url, new_world) as client:
        with page.expect_request("**/tt/access") as _:
            client.arm({"error": "permission-denied", "api": "access", "times": 1})
            answer = page.evaluate("""async () => {
              for (;;) {
                const answer = await ask('access', { path: 'dot.png' });
                if (answer.errNo !== undefined) return answer;
              }
            }""")
        assert answer["errMsg"] == "access:fail permission denied, dot.png"
        assert client.count(api="access", error="permission-denied") == 1


def test_a_file_is_written_listed_moved_and_removed(page):
    assert page.evaluate("""async () => {
      files.mkdirSync('ttfile://user/cache/deep', true);
      const data = new Uint8Array([0, 255, 7]).buffer;
      await ask('writeFile', { filePath: 'ttfile://user/cache/a', data });
      files.appendFileSync('ttfile://user/cache/a', 'é', 'latin1');
      await ask('rename', { oldPath: 'ttfile://user/cache', newPath: 'ttfile://user/moved' });
      files.copyFileSync('ttfile://user/moved/a', 'ttfile://user/moved/deep/b');
      const seen = [
        files.readdirSync('ttfile://user'), files.readdirSync('ttfile://user/moved').sort(),
        bytes(files.readFileSync('ttfile://user/moved/deep/b')),
        files.statSync('ttfile://user/moved/a').size,
        files.statSync('ttfile://user/moved', true)
          .map(({ path, stat }) => path + ':' + stat.isFile()).sort(),
      ];
      await ask('rmdir', { dirPath: 'ttfile://user/moved', recursive: true });
      return [...seen, files.readdirSync('ttfile://user')];
    }""") == [
        ["moved"],
        ["a", "deep"],
        [True, 0, 255, 7, 233],
        4,
        ["a:true", "deep/b:true", "deep:false"],
        [],
    ]


def test_writes_are_done_in_the_order_in_which_the_game_asked(page):
    assert (
        page.evaluate("""async () => {
      const write = (name, data) => ask(name, { filePath: 'ttfile://user/a', data });
      const writes = [
        write('writeFile', new ArrayBuffer(3000000)), write('writeFile', 'short'),
        write('appendFile', ' and long'.repeat(9000)), write('appendFile', '.'),
      ];
      await Promise.all(writes);
      return files.readFileSync('ttfile://user/a', 'utf8').replaceAll(' and long', '');
    }""")
        == "short."
    )


def test_a_picture_of_the_player_s_folder_is_shown(page):
    page.evaluate("files.writeFileSync('ttfile://user/dot.png', files.readFileSync('dot.png'))")

    assert page.evaluate(f"shown('{USER}/dot.png')") == [1, f"{USER}/dot.png"]
    assert page.evaluate(f"shown('{USER}/none.png')") == ["failed", f"{USER}/none.png"]
    assert page.evaluate("shown('dot.png')")[0] == 1


def test_a_sound_of_the_player_s_folder_plays(page):
    source = f"{USER}/ä 1%.wav"
    page.evaluate("(path) => files.writeFileSync(path, files.readFileSync('half.wav'))", source)

    assert page.evaluate("(path) => heard(path)", source) == ["plays", 0.5, source]
    assert page.evaluate(f"heard('{USER}/none.wav')") == ["failed", 10003, f"{USER}/none.wav"]


def test_a_reset_takes_the_files_away_from_an_open_page(page, running, new_world):
    page.evaluate(f"files.writeFileSync('{USER}/a', 'x')")
    with Client(running.url, new_world) as client:
        client.reset()
    page.evaluate(f"""async () => {{
      while (thrown('accessSync', '{USER}/a') === null) {{
        await new Promise((done) => setTimeout(done, 10));
      }}
    }}""")


def test_a_cache_file_is_there_after_the_server_was_killed(chromium, package, tmp_path):
    data = ["--data", str(tmp_path / "data")]
    context = chromium.new_context()
    with played(package, *data) as first:
        page = opened(context.new_page(), first, "w")
        written = {"filePath": f"{USER}/cache.json", "data": '{"level":7}'}
        assert page.evaluate("(o) => ask('writeFile', o)", written)["errMsg"] == "writeFile:ok"
        first.kill()
    with played(package, *data) as second:
        page = opened(context.new_page(), second, "w")
        assert (
            page.evaluate(f"JSON.parse(files.readFileSync('{USER}/cache.json', 'utf8')).level") == 7
        )
        assert page.evaluate(f"files.statSync('{USER}/cache.json').size") == 11
    context.close()
