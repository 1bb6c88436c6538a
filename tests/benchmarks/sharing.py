"""Servers that share their worlds, killed and paced: `python tests/benchmarks/sharing.py`.

    [--only NAME …] [--rounds N] [--times 100000] [--seconds 4] [--seed N] [--against TREE]

Two servers share a Redis; 16 clients save and read, and repeat under its id what is not answered.
Meanwhile, N times: `servers` kills one of the two, `redis` kills Redis, `emptied` has it forget all
and kills it, `rolling` asks both to end, one after the other; what ended starts again. Then each
call must count once: in the server's counts, in the strikes of a fault, and in what is stored.
`paused` has an owner stand still for 20 s while the other writes: what it tells then is not stale.
`speed` compares a server in memory, the owner of a world, and one that passes calls on to it;
`large` tells how long a world of 18 MB keeps Redis from the worlds of another server.

With `--against TREE`, another checkout with a .venv of its own, `upgrade` replaces servers of that
version by such of this one, and back; `mixed` kills a server of each; `older` replaces those of
that version by such as themselves, under clients of this one.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event
from typing import NamedTuple

from running import Running, cannot, median, running, write_script
from servers import installed, ours

sys.path[1:1] = [str(Path(__file__).parents[1])]

# ruff: noqa: E402  # the tests' own modules lie above this one

from large import large
from mixed import Imports, InNode, TooLong, of_tree
from paused import paused

from quick_start import Life, started
from redis_server import redis_server
from repeating import SLOW_S, Repeating, control
from two_servers import Pair, Start

CLIENTS = 16
SAVE = "setUserCloudStorage"
ROUNDS = {"servers": 300, "redis": 20, "emptied": 5, "rolling": 10, "paused": 3}
ROUNDS_OF_VERSIONS = {"upgrade": 10, "mixed": 50, "older": 10}
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


Harm = Callable[[Pair, random.Random], None]
HARMS: dict[str, Harm] = {
    "servers": kill_a_server,
    "redis": kill_redis,
    "emptied": empty_redis,
    "rolling": replace_both,
}


class Trial(NamedTuple):
    """What is done to two servers that were started so, and who asks them beside the clients."""

    harm: Harm
    first: Start = started
    second: Start = started
    others: tuple[type[Imports | InNode | TooLong], ...] = ()


def trial(kind: str, against: Path | None) -> Trial:
    """That of this name."""
    if kind in HARMS or against is None:
        return Trial(HARMS[kind])
    theirs = of_tree(against)

    def replace_versions(pair: Pair, rng: random.Random) -> None:
        for number, before in enumerate(pair.starts):
            pair.starts[number] = theirs if before is started else started
        replace_both(pair, rng)

    return {
        "upgrade": Trial(replace_versions, theirs, theirs, (Imports, TooLong, InNode)),
        "mixed": Trial(kill_a_server, started, theirs, (Imports, TooLong)),
        "older": Trial(replace_both, theirs, theirs, (Imports, TooLong, InNode)),
    }[kind]


def harmed(kind: str, what: Trial, rounds: int, times: int, seed: int) -> bool:
    """Do that harm so many times; whether each call counted once."""
    rng = random.Random(seed)
    over = Event()
    with ExitStack() as undo:
        pair = Pair(undo, what.first, what.second)
        control(
            pair.ports[0], "faults", {"error": "network-unavailable", "api": SAVE, "times": times}
        )
        clients = [Repeating(f"p{number}", pair.ports, over) for number in range(CLIENTS)]
        others = [kind_of_other(pair.ports, over) for kind_of_other in what.others]
        everybody = [*clients, *others]
        undo.callback(over.set)
        begun_s = time.monotonic()
        for each in everybody:
            each.start()
        for number in range(rounds):
            what.harm(pair, rng)
            if any(each.wrong for each in everybody):
                print(f"  wrong since round {number + 1}")
                break
        over.set()
        for each in everybody:
            each.join()
        told(kind, rounds, clients, time.monotonic() - begun_s)
        for other in others:
            print(f"  beside them {other.done} times: {other.what}", flush=True)
        wrong = [why for each in everybody for why in each.wrong]
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
    kinds = [*ROUNDS, *ROUNDS_OF_VERSIONS, "speed", "large"]
    parser.add_argument("--only", nargs="+", choices=kinds, metavar="NAME")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--times", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--seed", type=int, default=time.time_ns())
    parser.add_argument("--against", type=installed, metavar="TREE")
    given = parser.parse_args()
    asked = given.only or (ROUNDS_OF_VERSIONS if given.against else [*ROUNDS, "speed"])
    if given.against is None and not ROUNDS_OF_VERSIONS.keys().isdisjoint(asked):
        parser.error("two versions need --against TREE")
    good = True
    for kind in asked:
        if kind == "speed":
            speeds(given.rounds or 3, given.seconds)
            continue
        if kind == "large":
            large(given.seconds)
            continue
        rounds = given.rounds or (ROUNDS | ROUNDS_OF_VERSIONS)[kind]
        if kind == "paused":
            good &= paused(rounds)
        else:
            good &= harmed(kind, trial(kind, given.against), rounds, given.times, given.seed)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
