"""The command line. A verb lives in the module of its subject and is listed in VERBS."""

import sys

import click

from tt_emulator import __version__
from tt_emulator.cli import language
from tt_emulator.cli.about import errors, version
from tt_emulator.cli.clock import clock
from tt_emulator.cli.exec import exec_
from tt_emulator.cli.faults import fault
from tt_emulator.cli.flags import Verbs, language_flag
from tt_emulator.cli.javascript import js
from tt_emulator.cli.journal import requests
from tt_emulator.cli.output import complain, speak_utf8
from tt_emulator.cli.play import play
from tt_emulator.cli.players import player, settings
from tt_emulator.cli.serving import healthcheck, start
from tt_emulator.cli.state import reset
from tt_emulator.cli.stopping import stop
from tt_emulator.cli.stories import bundle, replay
from tt_emulator.cli.team import team
from tt_emulator.cli.verify import coverage, verify, wait
from tt_emulator.cli.worlds import export_, import_, snapshot
from tt_emulator.errors import EmulatorError, Refused, SeedError

PROGRAM = "tt-emulator"
VERBS = (
    play,
    start,
    exec_,
    stop,
    fault,
    requests,
    wait,
    verify,
    coverage,
    player,
    settings,
    clock,
    reset,
    export_,
    import_,
    snapshot,
    bundle,
    replay,
    team,
    js,
    errors,
    healthcheck,
    version,
)


class _Root(Verbs):
    """No verb means `start`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if ctx.resilient_parsing:  # a shell asks how what is typed could go on
            return super().parse_args(ctx, args)
        own = {"--version", *self.get_help_option_names(ctx)}
        begin = language.leading(args)
        if not args[begin:] or (args[begin].startswith("-") and args[begin] not in own):
            args = [*args[:begin], "start", *args[begin:]]
        return super().parse_args(ctx, args)


@click.group(cls=_Root, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message=f"{PROGRAM} %(version)s")
def root() -> None:
    """Local emulator of the cloud storage of Douyin and WeChat mini-games; without a verb: start.

    Every flag has an environment twin, TT_EMULATOR_ and its name: --port is TT_EMULATOR_PORT. What
    neither says is taken from tt-emulator.toml in the working directory: port = 9000.
    """


root.params.append(language_flag())
for _verb in VERBS:
    root.add_command(_verb)


def main(args: list[str] | None = None) -> int:
    """Run the command line, by default that of the process, and return its exit code."""
    speak_utf8()
    args = sys.argv[1:] if args is None else args
    language.choose(args)
    try:
        code = root.main(args, prog_name=PROGRAM, standalone_mode=False)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else PROGRAM
        seed = error.__cause__ if isinstance(error.__cause__, SeedError) else None
        complain(error.format_message(), seed.hint if seed else f"{path} --help")
        return 2
    except EmulatorError as error:
        complain(error.detail, error.hint, _flaws(error))
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 130
    return code if isinstance(code, int) else 0


def _flaws(error: EmulatorError) -> list[tuple[str, str]]:
    flaws = error.problem.get("errors") if isinstance(error, Refused) else None
    found = [flaw for flaw in flaws if isinstance(flaw, dict)] if isinstance(flaws, list) else []
    if len(found) < 2:
        return []
    return [(str(flaw.get("pointer")), str(flaw.get("detail"))) for flaw in found]
