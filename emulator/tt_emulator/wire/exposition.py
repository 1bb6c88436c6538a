"""What a server does, as Prometheus asks for it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import structs
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from tt_emulator.world import Reachable, World
from tt_emulator.world.usage import TeamUse, usage

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def text(worlds: Reachable) -> bytes:
    """The text format, version 0.0.4. The process's own figures are there on Linux."""
    registry = CollectorRegistry()
    registry.register(_OfWorlds(worlds))
    ProcessCollector(registry=registry)
    return generate_latest(registry)


class _OfWorlds(Collector):
    def __init__(self, worlds: Reachable) -> None:
        self._worlds = worlds

    def collect(self) -> Iterable[Metric]:
        yield self._calls()
        yield from _of(self._worlds.opened_worlds())
        if uses := list(usage(self._worlds)):
            yield from _of_teams(uses)

    def _calls(self) -> Metric:
        family = CounterMetricFamily(
            "tt_emulator_calls",
            "Answered calls, by what they ended with: ok, the name of an error, lost.",
            labels=("platform", "api", "outcome"),
        )
        for labels, number in sorted(self._worlds.calls().items()):
            family.add_metric(labels, number)
        return family


def _of(worlds: list[World]) -> Iterator[Metric]:
    yield _gauge(
        "worlds",
        "Worlds that were used since the start.",
        "platform",
        Counter(world.platform_name for world in worlds),
    )
    yield _gauge(
        "listeners",
        "Who follows events of worlds, the state of games' phones, or waits for calls.",
        "kind",
        {
            "events": sum(world.feed.streams for world in worlds),
            "state": sum(world.state_feed.streams for world in worlds),
            "wait": sum(world.journal.waiting() for world in worlds),
        },
    )
    armed: Counter[str] = Counter()
    for world in worlds:
        armed[world.platform_name] += world.faults.armed
    yield _gauge("faults_armed", "Faults that are armed, spent ones too.", "platform", armed)
    yield GaugeMetricFamily(
        "tt_emulator_journal_bytes",
        "Memory that the calls in the journals take.",
        value=sum(world.journal.bytes for world in worlds),
    )


def _of_teams(uses: list[TeamUse]) -> Iterator[Metric]:
    figures: tuple[tuple[str, str, Callable[[TeamUse], float]], ...] = (
        ("worlds", "Worlds of the team, stored ones too.", lambda use: use.worlds),
        ("listeners", "Event streams and waits of the team.", lambda use: use.listeners),
        ("journal_bytes", "Memory of the team's journals.", lambda use: use.journal_bytes),
    )
    for name, help, figure in figures:
        yield _gauge(f"team_{name}", help, "team", {use.team: figure(use) for use in uses})
    limits = GaugeMetricFamily(
        "tt_emulator_team_limit", "What the team may use at most.", labels=("team", "limit")
    )
    requests = CounterMetricFamily(
        "tt_emulator_team_requests", "Requests with the team's token.", labels=("team",)
    )
    refused = CounterMetricFamily(
        "tt_emulator_team_refused",
        "Requests over a limit of the team.",
        labels=("team", "limit"),
    )
    for use in uses:
        requests.add_metric((use.team,), use.requests)
        for limit, most in structs.asdict(use.limits).items():
            if most is not None:
                limits.add_metric((use.team, limit), most)
                refused.add_metric((use.team, limit), use.refused.get(limit, 0))
    yield from (limits, requests, refused)


def _gauge(name: str, help: str, label: str, numbers: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(f"tt_emulator_{name}", help, labels=(label,))
    for value, number in numbers.items():
        family.add_metric((value,), number)
    return family
