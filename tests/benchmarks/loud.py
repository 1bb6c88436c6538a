"""A process that uses a world for all it is worth: `loud.py PORT KIND`.

It says `ready`, then how many seconds each act took, a line each, until it is killed.
"""

import http.client
import json
import sys
import time
from itertools import cycle

PLAYERS, KEYS = 10_000, 20
WORLD = "loud"
HEADERS = {"X-Emulator-World": WORLD, "Content-Type": "application/json"}
V1 = "/__emulator/v1"
ACTS = {
    "import": ("PUT", f"{V1}/worlds/{WORLD}"),
    "snapshot": ("PUT", f"{V1}/snapshots/kept"),
    "restore": ("POST", f"{V1}/snapshots/kept/restore"),
}
KINDS = {"imports": ["import"], "snapshots": ["snapshot"], "restores": ["restore"]}
"""What is done again and again, once each act was done."""


def document() -> bytes:
    """Some 20 MB of JSON."""
    value = json.dumps({"ttgame": {"score": 1, "update_time": 1_700_000_000}})
    pairs = [{"key": f"key-{number}", "value": value} for number in range(KEYS)]
    players = [{"openid": f"player-{number}", "KVDataList": pairs} for number in range(PLAYERS)]
    return json.dumps({"schema": 1, "players": players}).encode()


def main(port: int, kind: str) -> None:
    """Do it until killed."""
    text = document()
    connection = http.client.HTTPConnection("127.0.0.1", port)

    def done(name: str) -> float:
        begun_s = time.perf_counter()
        connection.request(*ACTS[name], text if name == "import" else b"", HEADERS)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status >= 300:
            raise RuntimeError(body[:1000])
        return time.perf_counter() - begun_s

    for name in ACTS:
        done(name)
    print("ready", flush=True)
    for name in cycle(KINDS[kind]):
        print(done(name), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
