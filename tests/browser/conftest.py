import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    WebError,
    expect,
    sync_playwright,
)

from browser.package_site import HEAR, Files, OpenPackage, package_site
from browser.site import Tab, game_site
from browser.tester import Open
from process import Emulator
from tt_emulator.client import Client

# containers have no sandbox, and only our own pages are opened; without the GPU's stand-in no
# canvas is blank for a moment on a busy machine
FLAGS = ("--no-sandbox", "--disable-gpu")
CANDIDATES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def _executable(playwright: Playwright) -> str:
    found = next(filter(None, map(shutil.which, CANDIDATES)), playwright.chromium.executable_path)
    if not Path(found).exists():
        outcome = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        outcome("Chromium is not installed: apt install chromium, or playwright install chromium")
    return found


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """For one module: Playwright keeps an event loop running all the while."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def chromium_path(playwright: Playwright) -> str:
    """Where the real Chromium lies."""
    return _executable(playwright)


@pytest.fixture(scope="module")
def chromium(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    """A real Chromium, for one module."""
    browser = playwright.chromium.launch(executable_path=chromium_path, args=[*FLAGS])
    yield browser
    browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the tabs' consoles said as errors, uncaught errors and CSP violations included."""
    return []


@pytest.fixture(scope="module")
def profile(chromium: Browser) -> Iterator[BrowserContext]:
    """One browser profile for a module, for its warm cache; `tab` empties what pages store."""
    context = chromium.new_context(locale="en-US")
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture(scope="module")
def forget(profile: BrowserContext) -> Callable[[], None]:
    """Closes all tabs, and forgets what their pages stored and were allowed."""
    kept = profile.new_page()  # such a session ends with its page
    tools = profile.new_cdp_session(kept)

    def forget_all() -> None:
        for page in profile.pages:
            if page != kept:
                page.close()
        tools.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
        profile.clear_permissions()

    return forget_all


@pytest.fixture
def tab(
    profile: BrowserContext, forget: Callable[[], None], complaints: list[str]
) -> Iterator[Tab]:
    """Opens a URL in a new tab of a browser profile in which nothing is stored."""

    def note(logged: ConsoleMessage) -> None:
        if logged.type == "error":
            complaints.append(logged.text)

    def record_uncaught(error: WebError) -> None:
        complaints.append(str(error.error))

    profile.on("weberror", record_uncaught)
    profile.on("console", note)

    def open_tab(url: str) -> Page:
        page = profile.new_page()
        page.goto(url)
        return page

    yield open_tab
    profile.remove_listener("weberror", record_uncaught)
    profile.remove_listener("console", note)
    forget()


@pytest.fixture
def site(server: Emulator) -> Iterator[str]:
    """A game's own site, on another origin than the emulator."""
    with game_site(server.url) as url:
        yield url


@pytest.fixture
def package(tab: Tab, world: Client) -> Iterator[OpenPackage]:
    """Opens a page whose package has this index.js, or these files, in this test's world."""
    with ExitStack() as sites:

        def open_package(
            index: str = HEAR, files: Files | None = None, query: str = "", **more: str
        ) -> Page:
            all_files = {"open/index.js": index, **(files or {})}
            url = sites.enter_context(package_site(world.url, all_files, **more))
            return tab(f"{url}?tt-world={world.world}{query}")

        yield open_package


@pytest.fixture
def ui(tab: Tab, world: Client) -> Open:
    """Opens a view of the page in this test's world, and waits until it is live."""

    def open_view(view: str = "errors") -> Page:
        page = tab(f"{world.url}/__emulator/ui/?world={world.world}#{view}")
        expect(page.locator(".light-text")).to_have_text("live")
        return page

    return open_view


@pytest.fixture
def platform() -> str | None:
    """That of the test's world; `tester.of_each_platform` has the test run on each."""
    return None


@pytest.fixture
def world(server: Emulator, new_world: str, platform: str | None) -> Iterator[Client]:
    """The emulator, in a world of this test's own."""
    with Client(server.url, new_world, platform=platform) as client:
        yield client
