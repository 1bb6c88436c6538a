"""The page of fixtures/containers with its backend, in a browser that has them all at localhost."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Playwright, expect

from browser.conftest import FLAGS
from browser.site import serving
from container_files import SERVICES, environment
from process import Emulator, emulator, free_port, wait_listening
from run_docs import ROOT
from tt_emulator.client import Client

EXAMPLE = ROOT / "fixtures" / "containers"
TOKEN = "of-the-office"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None: ...


@contextmanager
def backend(platform: str) -> Iterator[int]:
    """The example's, at a port that it yields; it calls the platform there."""
    port = free_port()
    env = os.environ | {"PLATFORM_URL": platform, "PORT": str(port)}
    child = subprocess.Popen(
        [sys.executable, EXAMPLE / "backend.py"], env=env, stderr=subprocess.DEVNULL
    )
    try:
        wait_listening(port)
        yield port
    finally:
        child.kill()
        child.wait()


def with_backend(port: int, folder: Path) -> Path:
    """A folder with the page, for a backend at that port."""
    page = (EXAMPLE / "game" / "index.html").read_text(encoding="utf-8")
    assert page.count("localhost:3000") == 1
    page = page.replace("localhost:3000", f"localhost:{port}")
    (folder / "index.html").write_text(page, encoding="utf-8")
    return folder


def test_a_page_and_its_backend_play_with_the_emulator_of_the_compose_file(
    playwright: Playwright, chromium_path: str, tmp_path: Path
) -> None:
    env = environment(SERVICES["emulator"], TT_EMULATOR_TOKEN=TOKEN)
    flags = SERVICES["emulator"]["command"][1:]
    with (
        emulator("--ephemeral", *flags, env=env, stderr=None) as running,
        backend(running.url) as port,
        serving(partial(Quiet, directory=with_backend(port, tmp_path))) as site,
    ):
        shown = text_of_the_page(playwright, chromium_path, running, urlsplit(site).port)
        with Client(running.url, token=TOKEN) as client:
            calls = [call["api"] for call in client.requests()]

    assert shown == "player-1 has saved"
    assert sorted(calls) == ["code2Session", "login", "request", "setUserCloudStorage"]


def text_of_the_page(
    playwright: Playwright, chromium_path: str, running: Emulator, site: int | None
) -> str:
    """What it shows in the end, under the ports that are published."""
    rules = f"MAP localhost:8717 127.0.0.1:{running.port},MAP localhost:7456 127.0.0.1:{site}"
    args = [*FLAGS, f"--host-resolver-rules={rules}"]
    browser = playwright.chromium.launch(executable_path=chromium_path, args=args)
    try:
        page = browser.new_page()
        page.goto("http://localhost:7456/")
        output = page.locator("output")
        expect(output).not_to_have_text("…")
        return str(output.text_content())
    finally:
        browser.close()
