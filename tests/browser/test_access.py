"""Hosts and origins as a real browser meets them: what comes through, and what it is told."""

from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.site import Tab, reply, serving
from process import Emulator
from shared_servers import ephemeral
from tt_emulator.client import Client


def page_of(html: str) -> type[BaseHTTPRequestHandler]:
    """A page on a server of its own."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = f'<!doctype html><link rel="icon" href="data:,">{html}'
            reply(self, 200, page.encode(), {"Content-Type": "text/html; charset=utf-8"})

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Site


def sandboxed(html: str) -> str:
    """The page in a frame that has no origin."""
    return f"<iframe sandbox=\"allow-scripts\" srcdoc='{html}'></iframe>"


def test_a_sandboxed_frame_gets_tt_js_and_its_console_says_what_lets_it_in(
    tab: Tab, server: Emulator
) -> None:
    frame = sandboxed(f'<script src="{server.url}/tt.js"></script><script>tt.login({{}})</script>')
    with serving(page_of(frame)) as url:
        page = tab("about:blank")
        logged: list[str] = []
        page.on("console", lambda message: logged.append(message.text))
        with page.expect_console_message(lambda message: "--allow-origin null" in message.text):
            page.goto(url)

    assert not any("tt is not defined" in text or "ERR_BLOCKED_BY_ORB" in text for text in logged)


def test_a_sandboxed_frame_that_is_let_in_can_save(tab: Tab) -> None:
    with ephemeral("--allow-origin", "null") as lenient:
        frame = sandboxed(
            f'<script src="{lenient.url}/tt.js"></script>'
            "<script>tt.login({complete: reply => console.log(reply.errMsg)})</script>"
        )
        with serving(page_of(frame)) as url:
            page = tab("about:blank")
            with page.expect_console_message(lambda message: message.text == "login:ok"):
                page.goto(url)


@pytest.mark.parametrize("file", ["tt-emulator.mjs", "tt.js", "tt.d.ts", "open-data.js"])
def test_a_page_without_origin_may_fetch_what_is_public(
    tab: Tab, server: Emulator, file: str
) -> None:
    fetched = f'<script>fetch("{server.url}/{file}").then(r => r.text()).then(console.log)</script>'
    with serving(page_of(sandboxed(fetched))) as url:
        page = tab("about:blank")
        with page.expect_console_message() as logged:
            page.goto(url)

    assert len(logged.value.text) > 1_000


def test_a_script_that_is_refused_can_read_why(tab: Tab, server: Emulator) -> None:
    found = f"""<script>fetch("{server.url}/tt/state").then(async answer => {{
        console.log(answer.status, (await answer.json()).hint);
    }})</script>"""
    with serving(page_of(sandboxed(found))) as url:
        page = tab("about:blank")
        with page.expect_console_message(lambda message: message.type == "log") as logged:
            page.goto(url)

    assert logged.value.text == "403 If the page is yours, start with --allow-origin null"


@pytest.mark.parametrize("target", ["", ' target="_blank"', ' rel="noreferrer"'])
def test_a_link_on_another_site_opens_the_testers_page(
    tab: Tab, server: Emulator, complaints: list[str], target: str
) -> None:
    with serving(page_of(f'<a href="{server.url}/__emulator/ui/"{target}>test</a>')) as url:
        page = tab(url)
        if "_blank" in target:
            with page.expect_popup() as popup:
                page.click("a")
            page = popup.value
        else:
            page.click("a")
        expect(page.locator(".light-text")).to_have_text("live")

    assert complaints == []


def test_the_testers_page_cannot_be_framed(tab: Tab, server: Emulator) -> None:
    with serving(page_of(f'<iframe src="{server.url}/__emulator/ui/"></iframe>')) as url:
        page = tab("about:blank")
        with page.expect_response(lambda answer: "/__emulator/ui/" in answer.url) as answered:
            page.goto(url)

    assert answered.value.status == 403


@pytest.mark.parametrize("path", ["/__emulator/v1/reset", "/tt/setUserCloudStorage", "/nothing"])
def test_a_page_from_anywhere_that_sends_much_has_done_nothing(
    tab: Tab, server: Emulator, path: str
) -> None:
    """With no-cors a browser sends without asking; the page never sees the answer."""
    default = Client(server.url)
    default.call("login")
    before = default.requests()
    sent = f"""<script>
        const body = new Uint8Array(20_000_000);
        const send = () => fetch("{server.url}{path}", {{method: "POST", mode: "no-cors", body}});
        Promise.allSettled([send(), send(), send(), send()]).then(() => console.log("sent"));
    </script>"""
    peak_kb = peak_memory_kb(server)
    with serving(page_of(sandboxed(sent))) as url:
        page = tab("about:blank")
        with page.expect_console_message(lambda message: message.text == "sent"):
            page.goto(url)

    assert default.requests() == before
    default.close()
    assert peak_memory_kb(server) - peak_kb < 8_000


def peak_memory_kb(server: Emulator) -> int:
    """The most memory that the server ever had, where the system tells it."""
    status = Path(f"/proc/{server.child.pid}/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def test_a_page_whose_requests_are_traced_can_save(tab: Tab, site: str, world: Client) -> None:
    page = tab(f"{site}/game?tt-world={world.world}")
    answer = page.evaluate(
        """async url => {
            const headers = {
                'sentry-trace': '1-2-1', baggage: 'a=b', traceparent: '00-1-2-01',
                'Content-Type': 'application/json', 'X-Emulator-World': 'traced',
            };
            const asked = {method: 'POST', body: '{}', headers};
            return (await fetch(`${url}/tt/login`, asked)).json();
        }""",
        world.url,
    )

    assert answer["errMsg"] == "login:ok"
