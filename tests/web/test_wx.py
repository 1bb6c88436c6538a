"""wx.js and its types have what the catalog of its platform puts there."""

import json
import re
import subprocess

import pytest

from tt_emulator import __version__
from tt_emulator.platforms.device.page_acts import PAGE_ONLY
from tt_emulator.platforms.replies import failure
from tt_emulator.platforms.wx.pages import load
from web.test_node import TT_JS

WX_JS = TT_JS.with_name("wx.js")
TYPES = WX_JS.with_suffix(".d.ts").read_text(encoding="utf-8")
OF_PAGES = {*PAGE_ONLY, "getOpenDataContext", "getSharedCanvas"}
"""Those that need a page, beside events."""


def apis(*domains: str) -> set[str]:
    """Those of the global in one of the domains."""
    return {
        api.name
        for api in load().apis.values()
        if {*domains} & {*api.domains} and api.of_kind.in_game and api.member_of is None
    }


def events() -> set[str]:
    return {api.name for api in load().apis.values() if api.kind == "event"}


def names(pattern: str, text: str) -> set[str]:
    return set(re.findall(pattern, text, re.MULTILINE))


def declared(interface: str) -> set[str]:
    """The members of an interface or of a type that picks some."""
    either = rf"interface {interface} .*?\n  \}}|type {interface} = .*?>;"
    found = re.search(either, TYPES, re.DOTALL)
    assert found is not None
    picked = "".join(re.findall(r"Pick<Page,.*?>", found[0], re.DOTALL))
    return names(r"^    (\w+)(?:<Given.*)?\(", found[0]) | names(r"'(\w+)'", picked)


@pytest.mark.node
@pytest.mark.parametrize("domain", ["main", "open"])
def test_it_has_the_apis_of_the_catalog_where_that_puts_them(node: str, domain: str) -> None:
    script = f"""
      const wx = require({json.dumps(str(WX_JS))}).createWX({{ domain: '{domain}' }});
      console.log(Object.keys(wx).filter((name) => typeof wx[name] === 'function').join(' '));
    """
    keys = subprocess.run([node, "-e", script], capture_output=True, encoding="utf-8", check=True)

    assert {*keys.stdout.split()} == apis(domain) - OF_PAGES - events()


@pytest.mark.node
@pytest.mark.parametrize("domain", ["main", "open"])
def test_its_modules_by_themselves_make_what_the_one_script_makes(node: str, domain: str) -> None:
    entry = (WX_JS.parent / "runtime" / "wx" / "install.js").as_uri()
    script = f"""
      import {{ createRequire }} from 'node:module';
      await import('{entry}'); // where there is neither a page nor require, as in a worker
      const assembled = createRequire('{entry}')({json.dumps(str(WX_JS))}).createWX;
      for (const create of [createWX, assembled]) {{
        console.log(Object.keys(create({{ domain: '{domain}' }})).join(' '));
      }}
    """
    command = [node, "--conditions=wx", "--input-type=module", "-e", script]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)

    modules, one_script = done.stdout.splitlines()
    assert modules == one_script


@pytest.mark.node
def test_the_emulator_leaves_to_pages_what_they_do(node: str) -> None:
    acts = json.dumps((WX_JS.parent / "runtime" / "page-acts.js").as_uri())
    script = f"console.log(Object.keys((await import({acts})).PAGE_ACTS).join(' '));"
    command = [node, "--conditions=wx", "--input-type=module", "-e", script]
    keys = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)

    assert {*keys.stdout.split()} == apis("main", "open") & {*PAGE_ONLY}


@pytest.mark.node
def test_each_row_looks_as_the_emulator_has_it(node: str) -> None:
    """A failure in the page itself, or without an emulator, is no other than one that comes."""
    runtime = (WX_JS.parent / "runtime").as_uri()
    script = f"""
      const {{ CATALOG }} = await import('{runtime}/wx/catalog.js');
      const {{ failureOf }} = await import('{runtime}/replies.js');
      const rowsOf = (api) => Object.keys(CATALOG[api].errors);
      console.log(JSON.stringify(Object.keys(CATALOG).flatMap((api) =>
        rowsOf(api).map((row) => [api, row, failureOf(api, row)]))));
    """
    command = [node, "--conditions=wx", "--input-type=module", "-e", script]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)

    made = {(api, row): reply for api, row, reply in json.loads(done.stdout)}
    known = {
        (api.name, row.name): failure(api, row).body
        for api in load().apis.values()
        if api.of_kind.in_game
        for row in api.errors
    }
    assert made == known


def test_the_types_have_the_apis_of_the_catalog_and_no_others() -> None:
    both, borrowed = declared("WXOfBoth"), declared("Borrowed")
    main = both | borrowed - {"env"} | declared("WX")

    assert main == apis("main") - OF_PAGES - events()
    assert both | declared("OpenWX") == apis("open") - OF_PAGES - events()


def test_the_types_of_pages_have_what_needs_one() -> None:
    pages = declared("BorrowedOfPage") | declared("PageWX") | declared("PageOpenWX")

    assert apis("main", "open") & OF_PAGES | events() <= pages


def test_it_has_the_version_of_the_package() -> None:
    assert f"const VERSION = '{__version__}'" in WX_JS.read_text(encoding="utf-8")
