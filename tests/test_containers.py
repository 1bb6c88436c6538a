"""Dockerfile, compose.yaml, .devcontainer and docs/containers.md: what they say works."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlsplit

import click
import pytest
import yaml
from docker.utils.build import exclude_paths

import run_docs
from container_files import COMPOSE, IMAGE, SERVICES, command, environment, said, stages, steps
from entry_points import Answer
from process import Emulator, emulator
from rawhttp import Wire, request
from run_docs import ROOT
from tt_emulator.cli import root
from tt_emulator.cli.flags import Flag
from tt_emulator.config import DEFAULT_PORT

PAGES = ("docs/containers.md", "docs/containers.zh-CN.md")
PAGE = run_docs.read(PAGES[0])
EMULATOR = SERVICES["emulator"]
GAME = "http://localhost:7456"
SECRET = "of-the-office"
TOKEN = f"Authorization: Bearer {SECRET}"
JSON = "Content-Type: application/json"
DATA, CONTROL = "/tt/setUserCloudStorage", "/__emulator/v1/faults"
BACKEND = "/api/apps/token?appid=app&secret=made-up&grant_type=client_credential"
HERE = ["localhost:8717", "127.0.0.1:8717"]
"""By which hosts a browser calls on the machine that the port is published on."""


@pytest.fixture(scope="module")
def composed() -> Iterator[Emulator]:
    """The emulator as compose.yaml starts it, but for the port."""
    verb, *flags = EMULATOR["command"]
    assert verb == "start"
    env = environment(EMULATOR, TT_EMULATOR_TOKEN=SECRET)
    with emulator("--ephemeral", *flags, env=env, stderr=None) as running:
        yield running


def ask(
    running: Emulator, method: str, path: str, host: str, *lines: str, body: bytes | None = None
) -> Answer:
    with Wire(running.port) as wire:
        wire.send(request(method, path, body, *lines, host=host))
        return wire.answer()


def save(running: Emulator, host: str, *lines: str) -> Answer:
    return ask(running, "POST", DATA, host, *lines, body=b'{"KVDataList":[]}')


def arm(running: Emulator, host: str, *lines: str) -> Answer:
    fault = b'{"error":"network-unavailable","times":1,"player":"nobody"}'
    return ask(running, "POST", CONTROL, host, JSON, *lines, body=fault)


@pytest.mark.parametrize("host", HERE)
def test_the_games_page_reaches_the_emulator(composed: Emulator, host: str) -> None:
    origin = f"Origin: {GAME}"
    script = ask(composed, "GET", "/tt.js", host, origin)
    asked = ask(composed, "OPTIONS", DATA, host, origin, "Access-Control-Request-Method: POST")
    saved = save(composed, host, origin)

    assert f"127.0.0.1:{urlsplit(GAME).port}:" in SERVICES["game"]["ports"][0]
    assert [script.status, asked.status, saved.status] == [200, 204, 200]
    assert asked.headers["access-control-allow-origin"] == GAME
    assert saved.headers["access-control-allow-origin"] == GAME


def test_the_games_backend_reaches_it_by_its_name(composed: Emulator) -> None:
    address = urlsplit(SERVICES["backend"]["environment"]["PLATFORM_URL"])
    assert address.hostname in SERVICES
    assert composed.facts["host"] == "0.0.0.0"
    exchanged = ask(composed, "GET", BACKEND, address.netloc)

    assert exchanged.json.keys() == {"access_token", "expires_in"}
    assert save(composed, address.netloc).json == {"errMsg": "setUserCloudStorage:ok"}


@pytest.mark.parametrize("host", [*HERE, "emulator:8717"])
def test_the_control_plane_asks_for_the_token(composed: Emulator, host: str) -> None:
    assert arm(composed, host, TOKEN).status == 201
    assert arm(composed, host).status == 403
    assert arm(composed, host, TOKEN + "x").status == 403
    assert arm(composed, host, TOKEN, f"Origin: {GAME}").status == 403
    assert ask(composed, "GET", "/__emulator/ready", host).status == 200


STRANGERS = [
    ("evil.example:8717", None),
    ("emulator.evil.example:8717", None),
    ("backend:8717", None),
    ("localhost:8717", "https://evil.example"),
    ("localhost:8717", "http://game:7456"),
    ("emulator:8717", "http://game:7456"),
    ("emulator:8717", "null"),
]


@pytest.mark.parametrize(("host", "origin"), STRANGERS)
def test_a_stranger_does_not(composed: Emulator, host: str, origin: str | None) -> None:
    lines = [f"Origin: {origin}"] if origin else []

    assert save(composed, host, *lines).status == 403
    assert arm(composed, host, TOKEN, *lines).status == 403


def test_a_browser_in_another_container_is_let_in_as_the_page_says() -> None:
    (flag,) = set(re.findall(r"`(--allow-origin http://game:7456)`", PAGE))
    with emulator(
        "--ephemeral", *EMULATOR["command"][1:], *flag.split(), env=environment({})
    ) as it:
        saved = save(it, "emulator:8717", "Origin: http://game:7456")

    assert saved.headers["access-control-allow-origin"] == "http://game:7456"


def test_a_backend_in_a_container_reaches_an_emulator_outside_as_the_page_says() -> None:
    (flags,) = set(re.findall(r"`tt-emulator (--host .*host\.docker\.internal)`", PAGE))
    with emulator("--ephemeral", *flags.split(), env=environment({})) as running:
        by_name, by_address, by_another_name = (
            ask(running, "GET", BACKEND, f"{host}:8717").status
            for host in ("host.docker.internal", "172.17.0.1", "host.containers.internal")
        )

    assert (by_name, by_address, by_another_name) == (200, 200, 403)


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", run_docs.read(page), re.MULTILINE | re.DOTALL)


def lines() -> list[str]:
    """Of the page's commands, those that were continued joined."""
    return "".join(blocks(PAGES[0], "sh")).replace("\\\n", " ").splitlines()


CODESPACE = {
    "CODESPACE_NAME": "octocat-literate-space",
    "GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN": "app.github.dev",
}
FORWARDED = "octocat-literate-space-{}.app.github.dev"


def of_the_emulator(line: str) -> list[list[str]]:
    """What a line of the shell has `tt-emulator` do."""
    plain = Template(re.sub(r" [<>] \S+|\$\(.*?\)", "", line)).substitute(CODESPACE)
    words = shlex.split(plain)
    if words[:2] == ["docker", "build"] or "tt-emulator" not in words:
        return []
    *_, last = (at for at, word in enumerate(words) if word == "tt-emulator")
    return [words[last + 1 :] or command("CMD")]


SHOWN = {line: verb for line in lines() for verb in of_the_emulator(line)}


@pytest.mark.parametrize("passed_on", [False, True])
def test_in_a_codespace_both_kinds_of_proxies_let_the_right_pages_in(passed_on: bool) -> None:
    (flags,) = (words for line, words in SHOWN.items() if "CODESPACE" in line)
    host, own = "localhost:8717", "http://localhost:8717"
    if passed_on:
        (more,) = set(re.findall(r"`(--allowed-host \.app\.github\.dev)`", PAGE))
        flags = [*flags, *more.split()]
        host, own = FORWARDED.format(8717), f"https://{FORWARDED.format(8717)}"
    env = {"TT_EMULATOR_TOKEN": SECRET}
    with emulator("--ephemeral", *flags, env=env) as running:
        ours = ("Sec-Fetch-Site: same-origin", f"Origin: {own}")
        assert arm(running, host, TOKEN, *ours).status == 201
        assert arm(running, host, *ours).status == 403
        assert save(running, host, f"Origin: https://{FORWARDED.format(7456)}").status == 200
        assert save(running, host, f"Origin: https://{FORWARDED.format(7457)}").status == 403
        assert save(running, host, "Origin: https://mallory-7456.app.github.dev").status == 403


def test_each_port_is_published_on_this_machine_alone() -> None:
    published = [port for service in SERVICES.values() for port in service.get("ports", [])]

    assert len(published) == 2
    assert all(re.fullmatch(r"127\.0\.0\.1:(\d+):\1", port) for port in published)


def test_compose_and_image_mean_the_same_port_volume_and_base() -> None:
    (volume,) = EMULATOR["volumes"]
    (default,) = (step.value for step in IMAGE if step.name == "ARG" and "IMAGE=" in step.value)
    name, _, base = default.partition("=")
    images = {service["image"] for service in SERVICES.values()} - {EMULATOR["image"]}

    assert said("EXPOSE") == str(DEFAULT_PORT)
    assert EMULATOR["ports"] == [f"127.0.0.1:{DEFAULT_PORT}:{DEFAULT_PORT}"]
    assert volume.split(":")[1] == said("VOLUME") == said("WORKDIR")
    assert [stage[0].value.split()[0] for stage in stages(IMAGE)] == [f"${{{name}}}"] * 2
    assert images == {EMULATOR["build"]["args"][name]} == {f"${{{name}:-{base}}}"}
    assert {*EMULATOR["build"]["args"]} == {
        step.value.split("=")[0] for step in IMAGE if step.name == "ARG"
    }


def test_what_compose_mounts_is_there() -> None:
    mounts = [mount for service in SERVICES.values() for mount in service.get("volumes", [])]

    assert len(mounts) == 3
    for mount in mounts:
        source = mount.split(":")[0]
        assert source in COMPOSE["volumes"] or (ROOT / source).exists()


def parse(words: list[str]) -> None:
    """Have the command line parse these words, and do nothing."""
    found: click.Command = root
    words = ["start", *words] if words[0].startswith("-") else words
    while isinstance(found, click.Group):
        name, *words = words
        assert name in found.commands, name
        found = found.commands[name]
    with found.make_context(found.name, list(words), **root.context_settings):
        pass


SNIPPETS = [yaml.safe_load(text) for text in blocks(PAGES[0], "yaml")]
IN_WORDS = [words.split() for words in re.findall(r"`tt-emulator ([^`]+)`", PAGE)]


@pytest.mark.parametrize("words", [*SHOWN.values(), *IN_WORDS], ids=" ".join)
def test_each_command_of_the_page_is_one(words: list[str]) -> None:
    assert len(SHOWN) == 7
    parse(words)


def test_image_and_compose_files_give_commands_that_there_are() -> None:
    program, *none = command("ENTRYPOINT")
    checked, *verb = command("HEALTHCHECK")

    assert (program, none, checked) == ("tt-emulator", [], program)
    for words in (command("CMD"), verb, EMULATOR["command"]):
        parse(words)
    for snippet in SNIPPETS:
        for service in snippet.get("services", {}).values():
            parse(service.get("command", command("CMD")))


def variables_of(verb: click.Command) -> set[str]:
    below = verb.commands.values() if isinstance(verb, click.Group) else ()
    own = {param.envvar for param in verb.params if isinstance(param, Flag)}
    return own.union(*map(variables_of, below))


def test_each_variable_that_is_named_is_a_flags() -> None:
    known = variables_of(root)
    files = map(run_docs.read, (*PAGES, "Dockerfile", "compose.yaml"))
    named = {name for text in files for name in re.findall(r"TT_EMULATOR_[A-Z_]+", text)}

    assert len(named) > 5
    assert named <= known


PIPELINES = {
    name: yaml.safe_load(text)
    for name, text in re.findall(r"<!-- ci: (\w+) -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)
}


def service_and_job(name: str) -> tuple[dict[str, Any], dict[str, str]]:
    if name == "github":
        job = PIPELINES[name]["jobs"]["tests"]
        return job["services"]["emulator"], job["env"]
    job = PIPELINES[name]["tests"]
    return job["services"][0], job["variables"]


@pytest.mark.parametrize("name", ["github", "gitlab"])
def test_a_job_reaches_its_service(name: str) -> None:
    service, job = service_and_job(name)
    with emulator(env=environment(service)) as running:
        token = f"Authorization: Bearer {job['TT_EMULATOR_TOKEN']}"

        assert running.facts["data"] is None
        assert arm(running, urlsplit(job["TT_EMULATOR_URL"]).netloc, token).status == 201


def test_both_languages_have_the_same_headings_and_the_same_blocks() -> None:
    texts = [run_docs.read(page) for page in PAGES]
    shapes = [[len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)] for text in texts]
    fences = [re.findall(r"^```.*?^```$", text, re.MULTILINE | re.DOTALL) for text in texts]
    flags = [sorted(re.findall(r"--[a-z][a-z-]+[a-z]", text)) for text in texts]

    assert shapes[0] == shapes[1]
    assert fences[0] == fences[1]
    assert len(fences[0]) == 13
    assert flags[0] == flags[1]


@pytest.mark.parametrize("page", PAGES)
def test_each_link_of_the_page_leads_somewhere(page: str) -> None:
    targets = re.findall(r"\]\(((?!https?:)[^)]+)\)", run_docs.read(page))

    assert len(targets) > 5
    for target in targets:
        name, _, part = target.partition("#")
        file = (ROOT / page).parent / name
        assert file.exists(), target
        if part:
            titles = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert part in [
                re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in titles
            ]


LEFT_OUT = [
    *(".git/config", ".venv/bin/python", ".env", ".tt-emulator/worlds/default/log.jsonl"),
    *("tests/test_main.py", "docs/ci.md", "dist/x.whl", "node_modules/x/index.js", ".mypy_cache/x"),
    *("compose.yaml", "run_emulator.py", "CHANGELOG.md"),
    *("emulator/tt_emulator/__pycache__/config.cpython-313.pyc", "emulator/.tt-emulator/lock"),
    *("emulator/tt_emulator/.DS_Store", "fixtures/worlds/.small.json.swp"),
]
TAKEN = [
    *("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"),
    "emulator/tt_emulator/config.py",
]


def test_only_what_the_wheel_is_made_of_goes_into_the_image(tmp_path: Path) -> None:
    for name in (*LEFT_OUT, *TAKEN):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    taken = exclude_paths(str(tmp_path), run_docs.read(".dockerignore").splitlines())

    files = {name for name in taken if (tmp_path / name).is_file()}
    assert {Path(name).as_posix() for name in files} == {*TAKEN}


def test_the_dev_container_installs_what_there_is_and_forwards_the_port() -> None:
    folder = ROOT / ".devcontainer"
    said_there = json.loads((folder / "devcontainer.json").read_text(encoding="utf-8"))
    made, installed = map(shlex.split, said_there["postCreateCommand"].split(" && "))
    (stage,) = stages(steps((folder / said_there["build"]["dockerfile"]).read_text("utf-8")))
    (path,) = (step.value for step in stage if step.name == "ENV")
    extra = re.fullmatch(r"\.\[(\w+)\]", installed[-1])
    assert extra is not None
    helped = subprocess.run([sys.executable, *made[1:3], "--help"], capture_output=True, check=True)

    assert said_there["forwardPorts"] == [DEFAULT_PORT]
    assert [*said_there["portsAttributes"]] == [str(DEFAULT_PORT)]
    assert b"ENV_DIR" in helped.stdout
    assert made[-1] == "~/.venv"
    assert installed[0] == f"{made[-1]}/bin/pip"
    assert path == "PATH=/home/developer/.venv/bin:$PATH"
    assert (
        extra[1]
        in tomllib.loads(run_docs.read("pyproject.toml"))["project"]["optional-dependencies"]
    )
