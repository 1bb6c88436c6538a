"""Servers that share their worlds, killed and paced: `python tests/benchmarks/sharing.py`.

    [--only NAME …] [--rounds N] [--times 100000] [--seconds 4] [--seed N]

Two servers share a Redis; 16 clients save and read, and repeat under its id what is not answered.
Meanwhile, N times: `servers` kills one of the two, `redis` kills Redis, `emptied` has it forget all
and kills it, `rolling` asks both to end, one after the other; what ended starts again. Then each
call must count once: in the server's counts, in the strikes of a fault, and in what is stored.
`paused` has an owner stand still for 20 s while the other writes: what it tells then is not stale.
`speed` compares a server in memory, the owner of a world, and one that passes calls on to it;
`large` tells how long a world of 18 MB keeps Redis from the worlds of another server.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event

from running import Running, cannot, median, running, write_script
from servers import ours

sys.path[1:1] = [str(Path(__file__).parents[1])]

# ruff: noqa: E402  # the tests' own modules lie above this one

from large import large
from paused import paused

from quick_start import Life
from redis_server import redis_server
from repeating import SLOW_S, Repeating, control
from two_servers import Pair

CLIENTS = 16
SAVE = "setUserCloudStorage"
ROUNDS = {"servers": 300, "redis": 20, "emptied": 5, "rolling": 10, "paused": 3}
CONNECTIONS = (1, 16, 64)


def kill_a_server(pair: Pair, rng: random.Random) -> None:
    time.sleep(rng.uniform(0, 0.4))  # the moment is a matter of chance, that is the test
    pair.end(rng.randrange(2), Life.kill)


def kill_redis(pair: Pair, rng: random.Random) -> None:
    time.sleep(rng.uniform(0.2, 1))  # as above
    pair.redis.kill()
    time.sleep(rng.uniform(0, 0.5))
    pair.redis.start()


def empty_redis(pair: Pair, rng: random.Random) -> None:
    time.sleep(rng.uniform(1, 3))  # as above
    pair.redis.ask("FLUSHALL")
    pair.redis.kill()
    pair.redis.start()


def replace_both(pair: Pair, rng: random.Random) -> None:
    for number in range(len(pair.ports)):
        time.sleep(rng.uniform(0.2, 1))  # as above
        pair.end(number, Life.stop)


HARMS = {
    "servers": kill_a_server,
    "redis": kill_redis,
    "emptied": empty_redis,
    "rolling": replace_both,
}


def harmed(kind: str, rounds: int, times: int, seed: int) -> bool:
    """Do that harm so many times; whether each call counted once."""
    rng = random.Random(seed)
    over = Event()
    with ExitStack() as undo:
        pair = Pair(undo)
        control(
            pair.ports[0], "faults", {"error": "network-unavailable", "api": SAVE, "times": times}
        )
        clients = [Repeating(f"p{number}", pair.ports, over) for number in range(CLIENTS)]
        undo.callback(over.set)
        begun_s = time.monotonic()
        for client in clients:
            client.start()
        for number in range(rounds):
            HARMS[kind](pair, rng)
            if any(client.wrong for client in clients):
                print(f"  wrong since round {number + 1}")
                break
        over.set()
        for client in clients:
            client.join()
        told(kind, rounds, clients, time.monotonic() - begun_s)
        wrong = [each for client in clients for each in client.wrong]
        if not wrong:
            wrong = [*uncounted(pair.ports[0], clients, times), *unsaved(pair.ports[1], clients)]
    print("".join(f"  {each}\n" for each in wrong[:20]), end="", flush=True)
    return not wrong


def told(kind: str, rounds: int, clients: list[Repeating], took_s: float) -> None:
    calls = sum(client.calls for client in clients)
    stall_s = max(client.stall_s for client in clients)
    slow = sum(client.slow for client in clients)
    repeated = sum((client.repeated for client in clients), Counter())
    print(
        f"{kind}, {rounds} times in {took_s:.0f} s: {calls:,} calls, longest {stall_s:.2f} s,"
        f" {slow} longer than {SLOW_S:.0f} s,"
        f" repeated {dict(repeated)}",
        flush=True,
    )


def uncounted(port: int, clients: list[Repeating], times: int) -> Iterator[str]:
    """What is counted otherwise than it was answered."""
    calls = sum(client.calls for client in clients)
    struck = sum(client.struck for client in clients)
    (fault,) = control(port, "faults")["faults"]
    for what, wanted, found in (
        ("calls", calls, control(port, "requests/count", {"match": {}})["count"]),
        ("hits", struck, fault["hits"]),
        ("strikes", min(times, calls // 2), struck),
    ):
        if wanted != found:
            yield f"{what}: {wanted} wanted, {found} found"


def unsaved(port: int, clients: list[Repeating]) -> Iterator[str]:
    """The players of whom something else is stored than was answered last."""
    for client in clients:
        pairs = control(port, f"players/{client.player}")["KVDataList"]
        found = next((pair["value"] for pair in pairs), None)
        if found != client.saved:
            yield f"{client.player} has {found}, and was answered that {client.saved} is saved"


def speeds(rounds: int, seconds: int) -> None:
    """Print what calls cost by each way; a ratio is the median of the rounds' ratios."""
    if why := cannot():
        print(f"speed is left out: {why}")
        return
    with ExitStack() as undo:
        script = write_script(Path(undo.enter_context(tempfile.TemporaryDirectory())))
        redis = undo.enter_context(redis_server())
        redis.ask("SET", "tt:1:marker", "1")
        alone = undo.enter_context(running(ours("--ephemeral", name="in memory")))
        owner, other = (
            undo.enter_context(running(ours("--shared", redis.url, name=name)))
            for name in ("the owner", "through the other")
        )
        ways = [alone, owner, other]
        for connections in CONNECTIONS:
            compare(ways, connections, rounds, seconds, script)


def compare(ways: list[Running], connections: int, rounds: int, seconds: int, script: Path) -> None:
    loads = [[way.load(connections, seconds, script) for way in ways] for _ in range(rounds + 1)]
    for number, way in enumerate(ways):
        load = median([found[number] for found in loads[1:]])  # the first warms up
        ratio = median([found[number] for found in loads[1:]]).calls_per_s
        ratio /= median([found[0] for found in loads[1:]]).calls_per_s
        print(
            f"{connections} connections, {way.server.name}: {load.calls_per_s:,.0f} calls/s"
            f" (x{ratio:.2f}), p50 {load.p50_ms:.2f} ms, p99 {load.p99_ms:.2f} ms,"
            f" {load.cpu_us:.0f} us of processor a call in this server",
            flush=True,
        )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    kinds = [*ROUNDS, "speed", "large"]
    parser.add_argument("--only", nargs="+", choices=kinds, default=kinds, metavar="NAME")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--times", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--seed", type=int, default=time.time_ns())
    given = parser.parse_args()
    good = True
    for kind in given.only:
        if kind == "speed":
            speeds(given.rounds or 3, given.seconds)
            continue
        if kind == "large":
            large(given.seconds)
            continue
        rounds = given.rounds or ROUNDS[kind]
        if kind == "paused":
            good &= paused(rounds)
        else:
            good &= harmed(kind, rounds, given.times, given.seed)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
