"""Downloads and uploads of a played package, and the errors of all that it asks of others."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from backend import BYTES, Backend, backend
from browser.playing import until
from browser.sounds import wav
from browser.test_play_network import Played, played, png
from tt_emulator.catalog import ErrorRow
from tt_emulator.platforms.tt.pages import load

NO_FILES = ["none", "folder", "../game.json", "ttfile://temp/none", "ttfile://user/none"]
ROWS = [
    (api, row)
    for api in ("request", "downloadFile", "uploadFile")
    for row in load().apis[api].errors
]


@pytest.fixture
def own_server() -> Iterator[Backend]:
    with backend() as running:
        yield running


@pytest.fixture(scope="module")
def touched(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """A game that makes a call of each when it is touched."""
    code = """
        const url = 'http://127.0.0.1:9/';
        const uploadFile = { url, filePath: 'game.js', name: 'a' };
        const calls = { request: { url }, downloadFile: { url }, uploadFile };
        tt.onTouchEnd(({ changedTouches: [{ clientX }] }) => {
          const api = Object.keys(calls)[Math.floor(clientX / 100)];
          tt[api]({ ...calls[api], complete: (res) => show('answer', res) });
        });
        GameGlobal.isReady = true;
    """
    with played(chromium, tmp_path_factory.mktemp("rows"), code) as play:
        play.page.wait_for_function("globalThis.isReady")
        yield play


@pytest.mark.parametrize(
    ("api", "row"), ROWS, ids=lambda value: value if isinstance(value, str) else value.name
)
def test_a_game_meets_each_documented_error_that_is_armed(
    touched: Played, api: str, row: ErrorRow
) -> None:
    touched.outcomes.clear()
    touched.client.control("DELETE", "/v1/faults")
    touched.client.arm({"error": row.name, "api": api})
    where = ["request", "downloadFile", "uploadFile"].index(api)
    touched.page.mouse.click(100 * where + 50, 100)
    found = touched.wait(1)

    message = (row.message or "").replace("$filePath", "game.js")
    code = {} if row.code is None else {"errNo": row.code}
    assert found["answer"] == {"errMsg": f"{api}:fail {message}".strip(), **code}
    (call,) = touched.client.control("GET", f"/v1/requests?api={api}&limit=1")["requests"]
    assert call["fault"]


def refused_hosts(play: Played) -> dict[str, int]:
    (page,) = play.client.control("GET", "/v1/play")["pages"]
    return dict(page["refused_hosts"])


def test_a_downloaded_file_is_read_kept_copied_shown_and_heard(
    chromium: Browser, tmp_path: Path, own_server: Backend
) -> None:
    cdn = tmp_path / "cdn"
    cdn.mkdir()
    (cdn / "red.png").write_bytes(png())
    (cdn / "tone.wav").write_bytes(wav(0.2))
    own_server.answers["/bytes.bin"] = (404, {"X-Told": "yes"}, BYTES)
    code = f"""
        const files = tt.getFileSystemManager();
        const order = [];
        const task = tt.downloadFile({{ url: '{own_server.url}/bytes.bin', complete: (res) => {{
          order.push('complete');
          show('bytes', {{ ...res, order: order.join(' ') }});
          const path = res.tempFilePath;
          show('sync', Array.from(new Uint8Array(files.readFileSync(path))));
          const read = ({{ data }}) => show('read', data.byteLength);
          files.readFile({{ filePath: path, complete: read }});
          const [destPath, filePath] = ['ttfile://user/copy', 'ttfile://user/saved'];
          const save = () => files.saveFile({{ tempFilePath: path, filePath, complete: (saved) => {{
            show('saved', [saved.savedFilePath, files.readFileSync(filePath).byteLength]);
          }} }});
          files.copyFile({{ srcPath: path, destPath, complete: ({{ errMsg }}) => {{
            show('copied', [errMsg, Array.from(new Uint8Array(files.readFileSync(destPath)))]);
            save();
          }} }});
        }} }});
        task.onHeadersReceived(({{ header }}) => order.push('header:' + header['X-Told']));
        task.onProgressUpdate(({{ progress, totalBytesExpectedToWrite: all }}) => {{
          order.push(progress + '%' + all);
        }});
        const cdn = 'https://cdn.example.com/';
        tt.downloadFile({{ url: cdn + 'red.png', complete: (res) => {{
          const image = tt.createImage();
          image.onload = () => show('image', [image.width, image.height]);
          image.onerror = () => show('image', 'error');
          image.src = res.tempFilePath;
        }} }});
        tt.downloadFile({{ url: cdn + 'tone.wav', success: ({{ tempFilePath }}) => {{
          const sound = tt.createInnerAudioContext();
          sound.onCanplay(() => show('sound', 'plays'));
          sound.onError(({{ errCode }}) => show('sound', errCode));
          sound.src = tempFilePath;
        }} }});
        const other = (res) => show('other', res);
        tt.downloadFile({{ url: 'https://other.example.com/a', complete: other }});
    """

    with played(chromium, tmp_path, code, "--map", f"cdn.example.com={cdn}") as play:
        found = play.wait(8)
        replies = play.client.control("GET", "/v1/requests?api=downloadFile")["requests"]
        hosts = until(play.page, lambda: refused_hosts(play))

    path = found["bytes"]["tempFilePath"]
    assert path.startswith("ttfile://temp/")
    assert path.endswith(".bin")
    assert found["bytes"] == {
        "errMsg": "downloadFile:ok",
        "statusCode": 404,
        "tempFilePath": path,
        "order": "header:yes 25%256 50%256 75%256 100%256 complete",
    }
    assert (found["sync"], found["read"]) == (list(BYTES), 256)
    assert found["copied"] == ["copyFile:ok", list(BYTES)]
    assert found["saved"] == ["ttfile://user/saved", 256]
    assert (found["image"], found["sound"]) == ([1, 1], "plays")
    assert found["other"] == {"errMsg": "downloadFile:fail url is not valid domain"}
    assert hosts == {"other.example.com": 1}
    assert len(replies) == 4
    assert path in {each["reply"].get("tempFilePath") for each in replies}


def test_files_of_the_package_of_the_player_and_temporary_ones_are_sent(
    chromium: Browser, tmp_path: Path, own_server: Backend
) -> None:
    code = f"""
        const files = tt.getFileSystemManager();
        const url = '{own_server.url}/up';
        const upload = (name, filePath, more) => tt.uploadFile({{
          url, filePath, name: 'file', formData: {{ which: name }}, ...more,
          complete: (res) => show(name, {{ ...res, data: res.data && JSON.parse(res.data) }}),
        }});
        const task = upload('package', 'game.json', {{ header: {{ 'X-Key': '1' }} }});
        const order = [];
        task.onProgressUpdate(({{ totalBytesSent, totalBytesExpectedToSend }}) => {{
          order.push(totalBytesSent + '/' + totalBytesExpectedToSend);
        }});
        task.onHeadersReceived(({{ header }}) => {{
          order.push(header['Content-Type']);
          show('order', order);
        }});
        files.writeFileSync('ttfile://user/mine', 'of the player');
        upload('player', 'ttfile://user/mine');
        tt.downloadFile({{ url: '{own_server.url}/bytes', success({{ tempFilePath }}) {{
          upload('temporary', tempFilePath);
        }} }});
        files.writeFileSync('ttfile://user/large', new ArrayBuffer(10 * 1024 * 1024));
        upload('large', 'ttfile://user/large');
        files.writeFileSync('ttfile://user/larger', new ArrayBuffer(10 * 1024 * 1024 + 1));
        upload('larger', 'ttfile://user/larger');
        upload('big of the package', 'big.bin');
        for (const path of {NO_FILES}) upload(path, path);
        upload('other', 'game.json', {{ url: 'https://other.example.com/' }});
    """
    package = tmp_path / "package"
    package.mkdir()
    (package / "big.bin").write_bytes(bytes(10 * 1024 * 1024))
    (package / "folder").mkdir()
    (package / "folder" / "a").write_bytes(b"")

    with played(chromium, tmp_path, code) as play:
        found = play.wait(13)

    config = '{"deviceOrientation": "portrait"}'
    for name, content in {"package": config, "player": "of the player", "temporary": None}.items():
        (res, body) = found[name], found[name]["data"]["body"]
        assert (res["errMsg"], res["statusCode"]) == ("uploadFile:ok", 200)
        assert f'name="which"\r\n\r\n{name}\r\n' in body
        assert f"\r\n\r\n{content or BYTES.decode('latin-1')}\r\n--" in body
    assert found["package"]["data"]["headers"]["x-key"] == "1"
    assert (
        'name="file"; filename="game.json"\r\nContent-Type: application/json'
        in (found["package"]["data"]["body"])
    )
    assert found["order"] == ["8/33", "16/33", "24/33", "33/33", "application/json"]
    for name in ("large", "big of the package"):
        assert found[name]["errMsg"] == "uploadFile:ok"
        assert int(found[name]["data"]["headers"]["content-length"]) > 10 * 1024 * 1024
    assert found["larger"] == {"errMsg": "uploadFile:fail"}
    for path in NO_FILES:
        assert found[path] == {"errMsg": f"uploadFile:fail no such file or directory, {path}"}
    assert found["other"] == {"errMsg": "uploadFile:fail url is not valid domain"}


def test_downloads_and_uploads_can_be_given_up(
    chromium: Browser, tmp_path: Path, own_server: Backend
) -> None:
    code = f"""
        const url = '{own_server.url}/hang';
        const tell = (name) => ({{ complete: (res) => show(name, res) }});
        const tasks = [
          tt.downloadFile({{ url, ...tell('down') }}),
          tt.uploadFile({{ url, filePath: 'game.js', name: 'a', ...tell('up') }}),
        ];
        tt.onTouchEnd(() => tasks.forEach((task) => task.abort()));
        show('begun', true);
    """

    with played(chromium, tmp_path, code) as play:
        play.wait(1)
        assert own_server.came.wait(30)
        play.page.mouse.click(100, 100)
        found = play.wait(3)

    assert found["down"] == {"errMsg": "downloadFile:fail abort"}
    assert found["up"] == {"errMsg": "uploadFile:fail abort"}
