"""The whole circle: a played game logs in, its own backend, which docs/backend.md shows, saves for
it with a signature, and a friend's open data domain draws what was saved.
"""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext

import run_docs
from browser.playing import line_of, played, write_package
from browser.test_play_games import PHONE, wait_for_pixel
from tt_emulator.client import Client
from tt_emulator.config import DEFAULT_URL

PAGE = run_docs.read("docs/backend.md")
SCORE = 42
BAR = [200, 30, 60, 255]
GROUND = [20, 40, 80, 255]
GAME = """
const { backend, score } = tt.getLaunchOptionsSync().query;
const post = (path, data) => new Promise((resolve, reject) => tt.request({
  url: backend + path, method: 'POST', data, success: (res) => resolve(res.data), fail: reject,
}));

const canvas = tt.createCanvas();
const pen = canvas.getContext('2d');
const context = tt.getOpenDataContext();
(function frame() {
  pen.drawImage(context.canvas, 0, 0);
  requestAnimationFrame(frame);
})();

tt.login({
  async success({ code }) {
    const { ticket } = await post('/login', { code });
    console.log('answered', JSON.stringify(await post('/score', { ticket, score })));
    context.postMessage({ command: 'draw' });
  },
});
"""
BOARD = """
const canvas = tt.getSharedCanvas();

tt.onMessage(() => tt.getCloudStorageByRelation({
  type: 'friend',
  keyList: ['score'],
  success({ data }) {
    const [{ nickname, KVDataList: [pair] }] = data.filter(({ isMe }) => !isMe);
    console.log('friend', nickname, pair.value);
    const pen = canvas.getContext('2d');
    pen.fillStyle = 'rgb(20, 40, 80)';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = 'rgb(200, 30, 60)';
    pen.fillRect(0, 0, Number(pair.value), 30);
  },
}));
"""


@contextmanager
def started(folder: Path, platform_url: str) -> Iterator[str]:
    """The address of the page's backend, which the page's command has started on a free port."""
    code = re.findall(r"<!-- file: backend.py -->\n```python\n(.*?)```", PAGE, re.DOTALL)
    command = re.findall(r"<!-- start: backend.py -->\n```sh\n(.*?)\n```", PAGE, re.DOTALL)
    (folder / "backend.py").write_text(*code, encoding="utf-8")
    variable, flask, *words, _ = shlex.split(*command)
    name, _, value = variable.partition("=")
    assert (flask, value) == ("flask", DEFAULT_URL)
    child = subprocess.Popen(
        [sys.executable, "-m", "flask", *words, "0"],
        cwd=folder,
        env=run_docs.environment(**{name: platform_url}, PYTHONUNBUFFERED="1"),
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert child.stderr is not None
        lines = iter(child.stderr.readline, "")
        yield next(found[0] for line in lines if (found := re.search(r"http://[\d.:]+", line)))
    finally:
        child.kill()
        child.communicate()


def test_what_the_backend_has_signed_stands_on_the_board_of_a_friend(
    profile: BrowserContext, forget: Any, tmp_path: Path
) -> None:
    files = {
        "game.json": '{"openDataContext": "board"}',
        "game.js": GAME,
        "board/index.js": BOARD,
    }
    with (
        played(profile, write_package(tmp_path / "package", files)) as game,
        Client(game.url) as client,
        started(tmp_path, game.url) as backend,
    ):
        client.put_player("bob", friends=["alice"])

        alices = game.open(f"?tt-player=alice&score={SCORE}&backend={backend}", PHONE)
        line_of(game, alices, f'log: answered .*"value":"{SCORE}"')
        bobs = game.open(f"?tt-player=bob&score=7&backend={backend}", PHONE)

        line_of(game, bobs, f"log: friend alice {SCORE}")
        wait_for_pixel(bobs, [SCORE - 2, 10], BAR)
        wait_for_pixel(bobs, [SCORE + 2, 10], GROUND)
        saved = client.requests(api="set_user_storage")
        forget()

    assert game.errors == []
    assert [(each["player"], each["domain"]) for each in saved] == [
        ("alice", "server"),
        ("bob", "server"),
    ]
    assert {each["options"]["signature"] for each in saved} == {"[redacted]"}
