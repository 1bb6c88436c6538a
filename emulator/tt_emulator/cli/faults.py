"""`fault …`: the switch."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from tt_emulator.cli import completion
from tt_emulator.cli.flags import Flag, Verbs, as_json, flag, flags, number, with_client, with_maker
from tt_emulator.cli.language import translated
from tt_emulator.cli.output import say, show_json, show_line, show_table
from tt_emulator.cli.scenarios import save, scenario_of
from tt_emulator.config import DEFAULT_PLATFORM
from tt_emulator.terminal import cell

if TYPE_CHECKING:
    from tt_emulator.client import Client
    from tt_emulator.faults.scenario import Scenario

_HEAD = ("ID", "WHAT", "WHEN", "HITS", "LEFT", "LABEL", "NEAR MISS")
_DEEDS = ("error", "wire", "client", "sequence", "reply")


def _json(text: str) -> Any:
    """The type of a flag that is JSON, which is judged as in a request."""
    from tt_emulator import strict_json

    try:
        return strict_json.read(text.encode())
    except strict_json.NotJson as error:
        raise click.BadParameter(f"it is not JSON: {error}.") from error


class _OfKinds(Flag):
    """A flag for a family of faults, or for a field that some kinds read: its help names them."""

    def __init__(self, *args: Any, of: str, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self._of = of

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The flag and its help, for which alone the kinds are read."""
        from tt_emulator.faults.kinds import KINDS

        kinds = [
            kind.name for kind in KINDS if kind.name and self._of in (kind.family, *kind.fields)
        ]
        record = super().get_help_record(ctx)
        return record and (record[0], record[1].replace("{kinds}", ", ".join(kinds)))


_deed = flags(
    flag("--wire", metavar="KIND", cls=_OfKinds, of="wire", help="Break the transport: {kinds}."),
    flag(
        "--client",
        "misbehaviour",
        metavar="KIND",
        cls=_OfKinds,
        of="client",
        help="Have the game's runtime misbehave: {kinds}.",
    ),
    flag("--sequence", metavar="A,B,…", help="Errors, wire kinds and ok, one a call."),
    flag("--loop", is_flag=True, help="Begin the sequence again; --times then counts strikes."),
    flag(
        "--reply",
        type=_json,
        metavar="JSON",
        help="A reply of your own to the one --api, an object with errMsg; it is undocumented.",
    ),
    flag("--delay-ms", type=number, help="Wait this long; alone it only delays."),
    flag("--detail", help="The server's text, or the option that 999999 names."),
    flag(
        "--status",
        type=int,
        cls=_OfKinds,
        of="status",
        help="HTTP status, for {kinds}.  [default: 500]",
    ),
    flag(
        "--duration-ms",
        type=number,
        cls=_OfKinds,
        of="duration_ms",
        help="How long it takes, for {kinds}.",
    ),
)
_match = flags(
    flag(
        "--api",
        multiple=True,
        shell_complete=completion.apis,
        help="Only calls of this API (repeatable).",
    ),
    flag("--player", help="Only calls of this player."),
    flag("--key", help="Only calls with a key that fits this pattern, such as 'score*'."),
    flag("--min-keys", type=int, help="Only calls with at least so many keys."),
    flag(
        "--domain",
        type=click.Choice(["main", "open", "server"]),
        help="Only calls from this domain.",
    ),
)
_when = flags(
    flag("--skip", type=int, help="Let this many matching calls pass first."),
    flag("--every", type=int, help="Strike only each so many-th matching call after those."),
    flag("--times", type=int, help="Strike this often, then stop.  [default: until disarmed]"),
    flag("--probability", type=number, help="Strike by luck, 0 to 1; the seed repeats it."),
    flag("--ttl-s", type=number, help="Strike only for so many seconds from now."),
    flag("--moment", type=click.Choice(["before", "after"]), help="Fail before or after it acted."),
    flag("--label", help="Note for people."),
)


@click.group(cls=Verbs)
def fault() -> None:
    """Arm, list and disarm failures."""


@fault.command()
@click.argument("error", required=False, shell_complete=completion.errors)
@_deed
@_match
@_when
@as_json
@with_maker
def add(client: "Client", misbehaviour: str | None, as_json: bool, **fields: Any) -> None:
    """Arm ERROR, given by name or code, or another kind of fault.

    `tt-emulator errors` lists what is documented. Give exactly one of ERROR, --wire, --client,
    --sequence and --reply, or --delay-ms alone.
    """
    spec = _spec(fields | {"client": misbehaviour})
    armed = client.arm(spec)
    if as_json:
        show_json(armed)
    else:
        say(f"armed {armed['id']}: {_what(armed)}")
    _say_notices([armed])


@fault.command()
@click.argument("file")
@as_json
@with_maker
def load(client: "Client", file: str, as_json: bool) -> None:
    """Arm the faults of a scenario FILE, in place of all that are armed.

    It is one step, all or none, and starts their luck anew: loading it again repeats everything.
    The name of a scenario that comes with the emulator will do, such as slow-evening, and of one
    that was saved in the world.
    """
    scenario = scenario_of(client, file)
    armed = client.replace(scenario.faults)
    if as_json:
        show_json({"faults": armed})
    else:
        say(_armed(len(armed), _titled(scenario, file)))
        for one in armed:
            show_line(f"  {one['id']}: {_what(one)}")
    _say_notices(armed)


fault.add_command(save)


@fault.command("list")
@as_json
@with_client
def list_(client: "Client", as_json: bool) -> None:
    """Show what is armed, in the order in which it is tried."""
    armed = client.faults()
    if as_json:
        show_json(_as_file(armed, client.platform.name))
    else:
        show_table(_HEAD, map(_row, armed), empty="nothing is armed")


def _as_file(armed: list[dict[str, Any]], platform: str) -> dict[str, Any]:
    """What `load` takes for a world of the platform."""
    of = {} if platform == DEFAULT_PLATFORM else {"platform": platform}
    return {**of, "faults": armed}


@fault.command()
@click.argument("fault_ids", metavar="ID…", nargs=-1, required=True)
@as_json
@with_client
def order(client: "Client", fault_ids: tuple[str, ...], as_json: bool) -> None:
    """Have the faults ID… tried first, in this order; the others follow as they stood.

    Their counts and their luck stay as they are.
    """
    named = set(fault_ids)
    others = (armed["id"] for armed in client.faults())
    armed = client.reorder([*fault_ids, *(each for each in others if each not in named)])
    if as_json:
        show_json({"faults": armed})
    else:
        show_table(_HEAD, map(_row, armed), empty="nothing is armed")


@fault.command()
@click.argument("fault_id", metavar="ID")
@with_client
def rm(client: "Client", fault_id: str) -> None:
    """Disarm the fault ID."""
    client.disarm(fault_id)
    say(f"disarmed {cell(fault_id)}")


@fault.command()
@with_client
def clear(client: "Client") -> None:
    """Disarm everything."""
    client.disarm_all()
    say(f"nothing is armed in world {cell(client.world)}")


def _say_notices(armed: Iterable[Mapping[str, Any]]) -> None:
    for notice in dict.fromkeys(one["notice"] for one in armed if "notice" in one):
        show_line(notice, err=True)  # in the language that the client asked for


def _spec(fields: dict[str, Any]) -> dict[str, Any]:
    spec = {name: value for name, value in fields.items() if value not in (None, ())}
    if not spec["loop"]:
        del spec["loop"]
    given = [name for name in _DEEDS if name in spec]
    if len(given) > 1 or not (given or "delay_ms" in spec):
        raise click.UsageError(
            "Give exactly one of ERROR, --wire, --client, --sequence and --reply,"
            " or --delay-ms alone."
        )
    if "api" in spec:
        spec["api"] = spec["api"][0] if len(spec["api"]) == 1 else list(spec["api"])
    if "error" in spec:
        spec["error"] = _named(spec["error"])
    if "sequence" in spec:
        spec["sequence"] = [_named(item.strip()) for item in spec["sequence"].split(",")]
    return spec


def _named(error: str) -> int | str:
    return int(error) if error.isdecimal() else error


def _armed(count: int, title: str) -> str:
    return f"armed 1 fault of {title}" if count == 1 else f"armed {count} faults of {title}"


def _titled(scenario: "Scenario", file: str) -> str:
    name = scenario.name
    return cell(name or file) if isinstance(name, str) else cell(f"{name.en} ({name.zh})")


def _row(armed: dict[str, Any]) -> list[object]:
    remaining = armed["remaining"]
    return [
        armed["id"],
        _what(armed),
        _clauses(armed),
        armed["hits"],
        translated("unlimited") if remaining is None else remaining,
        armed.get("label"),
        armed["near_miss"],
    ]


def _what(armed: dict[str, Any]) -> str:
    field = armed.get
    client, duration_ms, detail = field("client"), field("duration_ms"), field("detail")
    doing = [
        field("error"),
        field("wire"),
        client and f"client {client}",
        ", ".join(map(str, field("sequence") or ())),
        field("loop") and f"({translated('again and again')})",
        _reply(armed),
        field("status"),
        duration_ms and f"{duration_ms} ms",
        detail and f"({detail})",
    ]
    parts = [_delay(field("delay_ms")), " ".join(str(word) for word in doing if word)]
    return cell(" + ".join(filter(None, parts)))


def _reply(armed: dict[str, Any]) -> str:
    reply = armed.get("reply")
    if not reply:
        return ""
    message = reply.get("errMsg") or json.dumps(reply, ensure_ascii=False)
    return f"reply {message} ({translated('undocumented')})"


def _delay(delay_ms: Any) -> str:
    if not isinstance(delay_ms, dict):
        return translated(f"delay {delay_ms} ms") if delay_ms else ""
    low, median, high = (_plain(delay_ms.get(name)) for name in ("min", "median", "max"))
    return translated(
        f"delay about {median} to {high} ms" if low is None else f"delay {low} to {high} ms"
    )


def _plain(number: float | None) -> float | None:
    return int(number) if number is not None and number == int(number) else number


def _clauses(armed: dict[str, Any]) -> str:
    api, luck = armed.get("api"), armed["probability"]
    clauses = {
        "api": ",".join(api) if isinstance(api, list) else api,
        **{name: armed.get(name) for name in ("player", "key", "min_keys", "domain")},
        "skip": armed.get("skip") or None,
        "every": armed.get("every"),
        "probability": luck if luck < 1 else None,
        "until": armed["expires_at"] and _time(armed["expires_at"]),
        "moment": "after" if armed["moment"] == "after" else None,
    }
    given = (f"{name}={value}" for name, value in clauses.items() if value is not None)
    any_call = "any call that documents it" if _is_documented(armed) else "any call"
    return " ".join(given) or translated(any_call)


def _is_documented(armed: dict[str, Any]) -> bool:
    """Whether it answers with errors, which not every API documents."""
    from tt_emulator.faults.kinds import WIRES

    items = armed.get("sequence") or [armed.get("error")]
    return any(item not in (None, "ok", *WIRES) for item in items)


def _time(iso: str) -> str:
    return datetime.fromisoformat(iso).astimezone().strftime("%H:%M:%S")
