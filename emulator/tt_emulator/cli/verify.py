"""Verbs that ask whether what should have happened did."""

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from tt_emulator.cli import completion
from tt_emulator.cli.about import catalog_of, of_api
from tt_emulator.cli.flags import as_json, flag, flags, number, with_client
from tt_emulator.cli.output import say, show_json, show_table
from tt_emulator.terminal import cell

if TYPE_CHECKING:
    from tt_emulator.client import Client, Verdict
    from tt_emulator.client.fields import Cover

_WAIT_MS = 10_000
_HEAD = ("API", "ERROR", "CODE", "DELIVERED")
_SHOWN = ("api", "name", "code", "delivered")


def gaps(text: str) -> float | list[float]:
    """The type of a flag that bounds gaps: a number for all, or several with commas between."""
    bounds = [number(each.strip()) for each in text.split(",")]
    if min(bounds) < 0:
        raise click.BadParameter(f"A gap cannot be bounded by {min(bounds)} ms.")
    return bounds[0] if len(bounds) == 1 else list(bounds)


_gaps = flags(
    flag(
        "--min-gap-ms",
        type=gaps,
        metavar="MS[,MS...]",
        help="From one's answer to the next one's arrival at least; several: in order.",
    ),
    flag("--max-gap-ms", type=gaps, metavar="MS[,MS...]", help="The same, at most."),
)

_match = flags(
    flag("--api", shell_complete=completion.apis, help="Only calls of this API."),
    flag("--player", help="Only calls of this player."),
    flag("--ok/--failed", default=None, help="Only calls that succeeded, or that did not."),
    flag(
        "--error",
        shell_complete=completion.errors,
        help="Only calls that ended with this error, by name or code.",
    ),
)


@click.command()
@_match
@flag("--count", type=click.IntRange(min=0), help="At least so many.  [default: 1]")
@flag("--timeout-ms", type=int, default=_WAIT_MS, show_default=True, help="Wait no longer.")
@_gaps
@as_json
@with_client
def wait(client: "Client", count: int | None, timeout_ms: int, as_json: bool, **match: Any) -> int:
    """Wait until such calls were answered.

    Exit code 1 if the time is over first or a gap is another; stderr then says what differed.
    """
    verdict = client.wait_for(count, timeout_ms, check=False, **_given(match))
    return _report(verdict, as_json, shows_gaps=_bounds_gaps(match))


@click.command()
@_match
@flag("--count", type=click.IntRange(min=0), help="Exactly so many.  [default: at least 1]")
@flag("--timeout-ms", type=int, default=0, show_default=True, help="Wait so long for it.")
@_gaps
@as_json
@with_client
def verify(
    client: "Client", count: int | None, timeout_ms: int, as_json: bool, **match: Any
) -> int:
    """Check how many such calls were answered.

    Exit code 1 if they are others; stderr then says what differed.
    """
    strange = count == 0 and client.world not in client.worlds()
    verdict = client.verify(count, timeout_ms, check=False, **_given(match))
    if strange and verdict:  # in one that is misspelt no calls came, ever
        name = repr(client.world)
        say(f"There was no world {name} before this question: is its name right?", err=True)
    return _report(verdict, as_json, shows_gaps=_bounds_gaps(match))


@click.command()
@flag("--api", shell_complete=completion.apis, help="Only the errors of this API.")
@flag("--met", is_flag=True, help="Only errors that were delivered.")
@flag(
    "--cover",
    type=click.Choice(["documented", "seen"]),
    default="documented",
    help="Count also errors that are not documented, but were seen.",
)
@as_json
@with_client
def coverage(client: "Client", api: str | None, met: bool, cover: "Cover", as_json: bool) -> None:
    """Show which documented errors were delivered."""
    found = client.coverage(cover)
    rows = of_api(found["coverage"], api, catalog_of(client.platform))
    delivered = [row for row in rows if row["delivered"]]
    shown, covered, counted = delivered if met else rows, len(delivered), len(rows)
    if as_json:
        evidence = Counter(row["evidence"] for row in rows)
        totals = {name: evidence[name] for name in ("documented", "seen")}
        show_json(found | {"coverage": shown, "covered": covered} | totals)
        return
    cells = ([row[name] for name in _SHOWN] for row in shown)
    show_table(_HEAD, cells, empty="none was delivered" if met else "nothing is documented")
    if cover == "seen":
        say(f"{covered} of {counted} documented or seen errors were delivered")
    else:
        say(f"{covered} of {counted} documented errors were delivered")


def _given(match: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in match.items() if value is not None}


def _bounds_gaps(match: dict[str, Any]) -> bool:
    return match["min_gap_ms"] is not None or match["max_gap_ms"] is not None


def _report(verdict: "Verdict", as_json: bool, *, shows_gaps: bool) -> int:
    if as_json:
        show_json(asdict(verdict))
    elif verdict:
        say(_summary(verdict.count))
    else:
        for difference in verdict.differences:
            say(cell(difference), err=True)
    if shows_gaps and verdict.gaps_ms and not as_json:
        say(f"gaps: {', '.join(f'{gap_ms:g} ms' for gap_ms in verdict.gaps_ms)}", err=not verdict)
    return 0 if verdict else 1


def _summary(count: int) -> str:
    return "ok: 1 matching call" if count == 1 else f"ok: {count} matching calls"
