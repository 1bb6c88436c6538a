"""The servers that are measured: this one, and the peers a user might pick instead.

A peer is measured if it is installed: `TT_BENCH_PEERS` names the folder whose `node_modules` has
it (`npm install wiremock @mockoon/cli json-server@0 mountebank`). Each answers one POST with JSON.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

REPOSITORY = Path(__file__).parents[2]
ANSWER = {"errMsg": "setUserCloudStorage:ok"}
JSON = {"Content-Type": "application/json"}

Command = Callable[[int, Path], list[str]]


class Server(NamedTuple):
    """`command` makes what to run from a port and an empty folder; `path` is what is POSTed to."""

    name: str
    path: str
    command: Command


def ours(
    *flags: str, name: str = "tt-emulator", tree: Path | None = None, slower_ms: int = 0
) -> Server:
    """This server, journal and persistence on if the flags do not say where data lies.

    `tree` is another checkout, whose `.venv` has it installed. A flush of its disk takes
    `slower_ms` more than it does.
    """
    python = sys.executable if tree is None else str(interpreter(tree))
    slow_disk = str(Path(__file__).with_name("slow_disk.py"))
    program = [slow_disk, str(slower_ms)] if slower_ms else ["-m", "tt_emulator"]

    def command(port: int, folder: Path) -> list[str]:
        keeps = {"--data", "--ephemeral", "--shared"} & {*flags}
        data = [] if keeps else ["--data", str(folder / "data")]
        return [python, *program, "start", "--port", str(port), *data, *flags]

    return Server(name, "/tt/setUserCloudStorage", command)


def interpreter(tree: Path) -> Path:
    """The Python in which a checkout is installed."""
    return tree.absolute() / ".venv" / "bin" / "python"


def installed(text: str) -> Path:
    """The checkout, if what its own Python imports lies in it."""
    tree = Path(text).resolve()
    ask = [interpreter(tree), "-c", "import tt_emulator; print(tt_emulator.__file__)"]
    here = Path(__file__).parent
    try:
        found = subprocess.run(ask, check=True, cwd=here, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        found = ""
    if not Path(found.strip()).is_relative_to(tree):
        raise argparse.ArgumentTypeError(f"tt_emulator of {tree} is not installed in its .venv")
    return tree


def bare() -> Server:
    """The event loop alone, which does nothing for its answers."""
    program = str(Path(__file__).with_name("bare.py"))
    return Server("the loop alone", "/", lambda port, _: [sys.executable, program, str(port)])


def peers() -> tuple[list[Server], list[str]]:
    """The peers that are installed, and why the others are left out."""
    home = os.environ.get("TT_BENCH_PEERS")
    if home is None:
        return [], ["no peers: TT_BENCH_PEERS is not set"]
    installed, missing = [], []
    for name, path, program, needs, command in _known(Path(home) / "node_modules"):
        if program is None or shutil.which(needs) is None:
            missing.append(f"{name} left out: it is not in {home}, or {needs} is not on the PATH")
        else:
            installed.append(Server(name, path, command))
    return installed, missing


def free_port() -> int:
    """A port that was free a moment ago; the peers cannot choose one themselves."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _known(modules: Path) -> list[tuple[str, str, Path | None, str, Command]]:
    jar = next(modules.glob("wiremock/build/wiremock-standalone-*.jar"), None)
    return [
        ("WireMock", "/set", jar, "java", _wiremock(jar)),
        ("WireMock, no journal", "/set", jar, "java", _wiremock(jar, *_NO_JOURNAL)),
        ("json-server", "/kv", *_node(modules, "json-server", _json_server)),
        ("mockoon", "/set", *_node(modules, "mockoon-cli", _mockoon)),
        ("mountebank", "/", *_node(modules, "mb", _mountebank)),
    ]


_NO_JOURNAL = ("--no-request-journal", "--disable-request-logging")


def _node(modules: Path, name: str, make: Callable[[str], Command]) -> tuple[Any, str, Command]:
    program = modules / ".bin" / name
    return program if program.exists() else None, "node", make(str(program))


def _wiremock(jar: Path | None, *flags: str) -> Command:
    mapping = {
        "request": {"method": "POST", "urlPath": "/set"},
        "response": {"status": 200, "jsonBody": ANSWER, "headers": JSON},
    }

    def command(port: int, folder: Path) -> list[str]:
        _write(folder / "mappings" / "set.json", mapping)
        listen = ["--port", str(port), "--bind-address", "127.0.0.1"]
        return ["java", "-jar", str(jar), *listen, "--root-dir", str(folder), *flags]

    return command


def _json_server(program: str) -> Command:
    def command(port: int, folder: Path) -> list[str]:
        database = _write(folder / "db.json", {"kv": []})
        return ["node", program, "--quiet", "--host", "127.0.0.1", "--port", str(port), database]

    return command


def _mockoon(program: str) -> Command:
    response = {
        "uuid": "s1", "statusCode": 200, "label": "", "latency": 0, "default": True,
        "headers": [{"key": name, "value": value} for name, value in JSON.items()],
        "body": json.dumps(ANSWER, separators=(",", ":")), "bodyType": "INLINE", "filePath": "",
        "databucketID": "", "sendFileAsBody": False, "rules": [], "rulesOperator": "OR",
        "disableTemplating": False, "fallbackTo404": False, "crudKey": "id", "callbacks": [],
    }  # fmt: skip
    route = {
        "uuid": "r1", "type": "http", "documentation": "", "method": "post", "endpoint": "set",
        "responses": [response], "responseMode": None, "streamingMode": None,
        "streamingInterval": 0,
    }  # fmt: skip

    def command(port: int, folder: Path) -> list[str]:
        environment = {
            "uuid": "a1", "lastMigration": 33, "name": "bench", "endpointPrefix": "", "latency": 0,
            "port": port, "hostname": "127.0.0.1", "folders": [], "routes": [route],
            "rootChildren": [{"type": "route", "uuid": "r1"}], "proxyMode": False, "proxyHost": "",
            "proxyRemovePrefix": False, "cors": True, "headers": [], "proxyReqHeaders": [],
            "proxyResHeaders": [], "data": [], "callbacks": [],
            "tlsOptions": {"enabled": False, "type": "CERT", "pfxPath": "", "certPath": "",
                           "keyPath": "", "caPath": "", "passphrase": ""},
        }  # fmt: skip
        data = _write(folder / "mockoon.json", environment)
        return ["node", program, "start", "--data", data, "--disable-log-to-file"]

    return command


def _mountebank(program: str) -> Command:
    answer = {"is": {"statusCode": 200, "headers": JSON, "body": json.dumps(ANSWER)}}

    def command(port: int, folder: Path) -> list[str]:
        stub = {"port": port, "protocol": "http", "stubs": [{"responses": [answer]}]}
        config = _write(folder / "imposters.json", {"imposters": [stub]})
        control = ["--port", str(free_port()), "--localOnly", "--nologfile"]
        control += ["--pidfile", str(folder / "mb.pid")]
        return ["node", program, "start", "--configfile", config, *control]

    return command


def _write(path: Path, content: Any) -> str:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
    return str(path)
