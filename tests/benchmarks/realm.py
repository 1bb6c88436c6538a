"""What a played package pays for its realm: free names, its first frame, and a call."""

import functools
import http.server
import os
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path[1:1] = [str(Path(__file__).parents[1])]

# ruff: noqa: E402  # the tests' own modules lie above this one

from browser.conftest import _executable
from browser.playing import write_package
from tt_emulator.config import Settings
from tt_emulator.server import serving

Figures = dict[str, float]
ROUNDS = 7
PICTURES = 300
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
NAMES = """
function loops(act) {
  act(1e6);
  const times = [];
  for (let round = 0; round < 9; round += 1) {
    const begin = performance.now();
    act(2e7);
    times.push((performance.now() - begin) / 20);
  }
  return times.sort((one, other) => one - other)[4];
}
made_by_game = 1;
HIDDEN = 1;
function read(count) {
  let sum = 0;
  for (let at = 0; at < count; at += 1) sum += made_by_game;
  return sum;
}
function write(count) { for (let at = 0; at < count; at += 1) made_by_game = at; }
function readHidden(count) {
  let sum = 0;
  for (let at = 0; at < count; at += 1) sum += HIDDEN;
  return sum;
}
function writeHidden(count) { for (let at = 0; at < count; at += 1) HIDDEN = at; }
results = {
  'read of a name that the game made': loops(read),
  'write of a name that the game made': loops(write),
  "read of a browser's name": loops(readHidden),
  "write of a browser's name": loops(writeHidden),
};
"""
FRAME = """
const canvas = CANVAS;
const pen = canvas.getContext('2d');
let left = PICTURES;
for (let at = 0; at < PICTURES; at += 1) {
  const picture = A_PICTURE;
  picture.onload = () => {
    left -= 1;
    if (left > 0) return;
    pen.fillRect(0, 0, 9, 9);
    frame_ms = performance.now();
  };
  picture.src = 'res/' + at + '.png';
}
""".replace("PICTURES", str(PICTURES))
SAVES = """async () => {
  const times = [];
  for (let at = 0; at < 300; at += 1) {
    const begin = performance.now();
    await new Promise((complete) => ONE);
    times.push(performance.now() - begin);
  }
  return times.sort((one, other) => one - other)[150];
}"""
OPTIONS = "{KVDataList: [{key: 'score', value: '1'}]}"


def realm() -> Figures:
    """Each against a plain page that does the same, in one Chromium, in turns."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
        browser = playwright.chromium.launch(
            executable_path=_executable(playwright), args=["--no-sandbox"]
        )
        try:
            return _names(browser, Path(scratch)) | _frames(browser, Path(scratch))
        finally:
            browser.close()


def _names(browser: Browser, scratch: Path) -> Figures:
    package = write_package(scratch / "names", {"game.js": NAMES.replace("HIDDEN", "fetch")})
    plain = NAMES.replace("HIDDEN", "another_of_the_game")
    (scratch / "names" / "index.html").write_text(f"<script>{plain}</script>")
    with serving(Settings(port=0, data=None, play=package)) as facts, _static(package) as url:
        ours = _evaluated(browser, facts["game"], "results", "typeof results === 'object'")
        theirs = _evaluated(browser, url, "results", "typeof results === 'object'")
    return {f"{name}, against a plain script's global": ours[name] / theirs[name] for name in ours}


def _frames(browser: Browser, scratch: Path) -> Figures:
    pictures = {f"res/{at}.png": PNG for at in range(PICTURES)}
    game = FRAME.replace("CANVAS", "tt.createCanvas()").replace("A_PICTURE", "tt.createImage()")
    package = write_package(scratch / "frames", {"game.js": game, **pictures})
    page = FRAME.replace("CANVAS", "document.querySelector('canvas')").replace(
        "A_PICTURE", "new Image()"
    )
    (package / "index.html").write_text(f"<canvas></canvas><script>{page}</script>")
    ours, theirs, calls, bare = [], [], [], []
    with serving(Settings(port=0, data=None, play=package)) as facts, _static(package) as url:
        done = "typeof frame_ms === 'number'"
        for _ in range(ROUNDS):
            ours.append(_evaluated(browser, facts["game"], "frame_ms", done))
            theirs.append(_evaluated(browser, url, "frame_ms", done))
            one = f"tt.setUserCloudStorage({{...{OPTIONS}, complete}})"
            calls.append(_evaluated(browser, facts["game"], SAVES.replace("ONE", one), done))
            one = (
                "fetch('/tt/setUserCloudStorage',"
                f" {{method: 'POST', body: JSON.stringify({OPTIONS})}})"
                ".then((response) => response.text()).then(complete)"
            )
            bare.append(_evaluated(browser, facts["game"], SAVES.replace("ONE", one), done))
    return {
        f"first frame of {PICTURES} pictures, ms": statistics.median(ours),
        "the same, against a static page": statistics.median(ours) / statistics.median(theirs),
        "p50 of tt.setUserCloudStorage in a game, ms": statistics.median(calls),
        "the same, against a bare fetch": statistics.median(calls) / statistics.median(bare),
    }


def _evaluated(browser: Browser, url: str, expression: str, ready: str) -> object:
    page = browser.new_page()
    page.goto(url)
    page.wait_for_function(ready)
    found = page.evaluate(expression)
    page.close()
    return found


@contextmanager
def _static(folder: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=os.fspath(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
