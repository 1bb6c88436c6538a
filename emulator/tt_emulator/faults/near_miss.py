"""Why a fault never struck, in words made of the counts of its tally when somebody asks."""

from collections.abc import Iterator, Mapping

from tt_emulator.faults.spec import FaultSpec
from tt_emulator.faults.tally import Tally
from tt_emulator.language.quoting import quoted, quoted_apart

NO_CALL = "no call since it was armed"

MAX_LISTED_KEYS = 5


def near_miss(spec: FaultSpec, tally: Tally, others: Mapping[str, int]) -> str:
    """What happened to the nearest calls, then how many failed at which clause.

    `others` counts the calls of APIs that the fault does not strike, by API.
    """
    elsewhere = {name: count for name, count in sorted(others.items()) if count}
    missed = {name: getattr(tally, name) for name in ("min_keys", "key", "player", "domain")}
    reasons = [*_near(spec, tally)]
    if not reasons and (nearest := next(filter(missed.get, missed), None)):
        reasons.append(_missed(nearest, spec, tally))
        missed[nearest] -= 1
    if not reasons:
        return _of_other_apis(elsewhere)
    return "; ".join([*reasons, *_rest(missed | {"api": sum(elsewhere.values())})])


def _near(spec: FaultSpec, tally: Tally) -> Iterator[str]:
    """Of the calls that fitted all clauses, as far as these were looked at."""
    if matched := tally.skipped + tally.unlucky:
        counts = f"matched {matched} times: {tally.skipped} skipped"
        yield f"{counts}, no luck in the others" if tally.unlucky else counts
    if tally.used:
        yield f"let {tally.used} through"
    if tally.over:
        yield f"{tally.over} came after its end"
    for fault, count in tally.decided.items():
        times = "once" if count == 1 else f"{count} times"
        yield f"{fault} decided first, {times}"
    if tally.expired:
        late = _seconds(tally.late_ms)
        yield f"it had expired (ttl_s {spec.ttl_s}) {late} s before the call"
    if tally.expired > 1:
        yield f"{tally.expired - 1} more came later"
    if tally.failed:
        yield _failed(tally.failed)


def _of_other_apis(calls: Mapping[str, int]) -> str:
    return f"api did not match: the calls were {_counted(calls)}" if calls else NO_CALL


def _rest(missed: Mapping[str, int]) -> Iterator[str]:
    if left := {clause: count for clause, count in missed.items() if count}:
        yield f"other calls did not match: {_counted(left)}"


def _failed(causes: Mapping[str, int]) -> str:
    count = sum(causes.values())
    came = "1 call came" if count == 1 else f"{count} calls came"
    named = _counted(causes) if len(causes) > 1 else next(iter(causes))
    return f"{came} and failed before any fault: {named}"


def _missed(clause: str, spec: FaultSpec, tally: Tally) -> str:
    if clause == "min_keys":
        return f"api matched, min_keys did not: {tally.last_count} against {spec.min_keys}"
    if clause == "key":
        keys, pattern = _against(tally.last_keys, spec.key or "")
        return f"api matched, key did not: {keys} against {pattern}"
    if clause == "player":
        player, wanted = quoted_apart(tally.last_player, spec.player or "")
        return f"api matched, player did not: {player} against {wanted}"
    return f"api matched, domain did not: {tally.last_domain} against {spec.domain}"


def _against(keys: list[str], pattern: str) -> tuple[str, str]:
    """Some of the keys, and the pattern, so that long ones differ to the eye."""
    if not keys:
        return "no key", quoted(pattern)
    pairs = [quoted_apart(key, pattern) for key in keys[:MAX_LISTED_KEYS]]
    more = ["…"] if len(keys) > MAX_LISTED_KEYS else []
    return ", ".join([*(key for key, _ in pairs), *more]), pairs[0][1]


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _seconds(ms: float) -> str:
    """To a tenth of a second, below that to a millisecond."""
    return f"{ms / 1000:.1f}" if ms >= 100 else f"{ms / 1000:.3g}"
