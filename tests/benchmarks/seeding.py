"""Measures a server that begins with very many players: `--seed-world`, and what comes after.

    python tests/benchmarks/seeding.py [--players 1000000] [--keep FILE]

It prints how long the start takes, how much memory it has then and had at most, and the same of the
first question to a group's board and to the platform's own; then a second start, and snapshots of
small worlds. Needs Linux for the memory.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]
sys.path.insert(0, str(REPOSITORY / "emulator"))

from tt_emulator.client import Client  # noqa: E402

GROUPS = 10
ROUNDS = 20


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--players", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="leave the world's file there, or use it")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = arguments.keep or Path(folder) / "world.json"
        if not file.exists():
            write(file, arguments.players)
        print(f"{arguments.players:,} players, {file.stat().st_size / 1e6:.0f} MB of JSON")
        data = Path(folder) / "data"
        for name, flags in (
            ("in memory", ["--ephemeral"]),
            ("on disk", ["--data", str(data)]),
            ("on disk again", ["--data", str(data)]),
        ):
            measure(name, [*flags, "--seed-world", str(file)])
        measure("on disk again, without the flag", ["--data", str(data)])
        measure_snapshots(Path(folder))


def write(file: Path, players: int) -> None:
    """A world of so many players, each with a ranked pair, a friend, a group and a result."""
    with file.open("w", encoding="utf-8") as out:
        out.write('{"schema": 1, "settings": {"ranking_keys": {"score": "desc"}}, "players": [\n')
        for number in range(players):
            out.write(",\n" if number else "")
            json.dump(player(number, players), out, ensure_ascii=False, separators=(",", ":"))
        out.write("\n]}\n")


def player(number: int, players: int) -> dict[str, Any]:
    """One of them."""
    score = number * 7919 % 100_003
    group = f"group-{number % GROUPS}"
    value = json.dumps({"ttgame": {"score": score, "update_time": 1_700_000_000}})
    return {
        "openid": f"player-{number}",
        "nickname": f"玩家 {number}",
        "friends": [f"player-{(number + 1) % players}"],
        "group": group,
        "KVDataList": [{"key": "score", "value": value, "group": group}],
        "imRankData": [{"dataType": 0, "value": str(score)}],
    }


def measure(name: str, flags: list[str]) -> None:
    """Start so, and ask for the boards."""
    with started(flags) as (client, pid, took_s):
        print(f"\n{name}: ready after {took_s:.1f} s, {memory(pid)}")
        extra = {"sortKey": "score", "groupId": "group-1"}
        group = {"type": "group", "keyList": ["score"], "extra": extra}
        im = {"relationType": "all", "dataType": 0, "rankType": "all", "pageNum": 1, "pageSize": 9}
        for title, api, options in (
            ("a group's board", "getCloudStorageByRelation", group),
            ("the platform's board", "getImRankData", im),
        ):
            ask = partial(client.call, api, options, domain="open")
            first_s, again_s = seconds(ask), seconds(ask)
            print(f"  {title}: {first_s:.1f} s, then {again_s * 1000:.1f} ms; {memory(pid)}")


def measure_snapshots(folder: Path) -> None:
    """Keep and restore worlds of a usual size."""
    print()
    with started(["--data", str(folder / "small")]) as (client, _, _):
        for players in (30, 100, 1000):
            everybody = [player(number, players) for number in range(players)]
            client.import_text(json.dumps({"schema": 1, "players": everybody}).encode())
            saved_s = min(seconds(lambda: client.snapshot("s")) for _ in range(ROUNDS))
            restored_s = min(seconds(lambda: client.restore("s")) for _ in range(ROUNDS))
            print(
                f"a snapshot of {players:,} players: saved in {saved_s * 1000:.1f} ms, "
                f"restored in {restored_s * 1000:.1f} ms"
            )


@contextmanager
def started(flags: list[str]) -> Iterator[tuple[Client, int, float]]:
    """A server, its process and the seconds until it was ready."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.json"
        command = [sys.executable, "-m", "tt_emulator", "start", "--port", "0", *flags]
        began_s = time.perf_counter()
        child = subprocess.Popen([*command, "--ready-file", str(ready)], cwd=REPOSITORY)
        try:
            while not ready.exists():
                if child.poll() is not None:
                    raise RuntimeError(f"it ended with {child.returncode}")
                time.sleep(0.01)
            took_s = time.perf_counter() - began_s
            url = json.loads(ready.read_text(encoding="utf-8"))["url"]
            yield Client(url, timeout_s=600), child.pid, took_s
        finally:
            child.terminate()
            child.wait()


def seconds(act: Callable[[], Any]) -> float:
    """How long it takes."""
    began_s = time.perf_counter()
    act()
    return time.perf_counter() - began_s


def memory(pid: int) -> str:
    """What the process uses, and has used at most."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return "memory not known"
    fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
    now, most = (int(fields[name].split()[0]) / 1000 for name in ("VmRSS", "VmHWM"))
    return f"{now:,.0f} MB of memory ({most:,.0f} at most)"


if __name__ == "__main__":
    main()
