"""The emulator makes no connection of its own: nothing is looked up, nobody is told anything."""

import subprocess
import sys
from pathlib import Path

import pytest

from process import wait_ready
from tt_emulator.client import Client

# Every name look-up and connection that Python makes raises one of these audit events.
WATCHED = """
import sys
audit = open(sys.argv.pop(1), "a", encoding="utf-8", buffering=1)
def watch(event, args):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        print(event, args[1:] if event == "socket.connect" else args, file=audit)
sys.addaudithook(watch)
import socket
socket.gethostbyname("127.0.0.1")  # shows that the watch is awake
from tt_emulator.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="its event loop connects to itself at start")
def test_nothing_is_looked_up_and_nothing_connected(tmp_path: Path):
    audit, ready = tmp_path / "audit", tmp_path / "ready.json"
    flags = ["start", "--port", "0", "--data", str(tmp_path / "data"), "--ready-file", str(ready)]
    child = subprocess.Popen([sys.executable, "-c", WATCHED, str(audit), *flags])
    try:
        client = Client(wait_ready(child, ready)["url"])
        client.call("setUserCloudStorage", {"KVDataList": [{"key": "a", "value": "1"}]})
        client.call("login", {})
        client.call("writeFile", {"filePath": "ttfile://user/a", "data": "text"})
        for number in range(30):
            options = {"url": f"https://host-{number}.example.com/"}
            for api in ("request", "downloadFile", "uploadFile"):
                file = {"filePath": "ttfile://user/a", "name": "a"} if api == "uploadFile" else {}
                reply = client.call(api, options | file)
                assert reply == {"errMsg": f"{api}:fail url is not valid domain"}
        client.arm({"error": "internal-error"})
        assert client.health()["status"] == "ok"
        assert client.requests()
    finally:
        child.terminate()
        child.wait(30)

    assert audit.read_text(encoding="utf-8").splitlines() == ["socket.gethostbyname ('127.0.0.1',)"]
