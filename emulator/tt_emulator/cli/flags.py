"""Flags: each has an environment twin, a key in tt-emulator.toml and a check, and an error names
where the value came from.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import wraps
from math import isfinite
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from tt_emulator.cli import config_file
from tt_emulator.cli.config_file import ConfigFile
from tt_emulator.cli.help import Formatter
from tt_emulator.cli.language import LANG, language, translated
from tt_emulator.config import DEFAULT_URL, DEFAULT_WORLD, ENV_PREFIX, check
from tt_emulator.errors import SettingsError
from tt_emulator.language import ENGLISH, LANGUAGES

if TYPE_CHECKING:
    from tt_emulator.client import Client

Command = Callable[..., Any]
Decorator = Callable[[Command], Command]


class Flag(click.Option):
    """An option that `TT_EMULATOR_<FLAG>` gives as well, and tt-emulator.toml under its `key`; an
    error names the one that was used.
    """

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.key = next(each for each in self.opts if each.startswith("--"))[2:]
        self.envvar: str = f"{ENV_PREFIX}_{self.key.replace('-', '_').upper()}"

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """The flag, or the variable or the file's line if the value came from there."""
        source = ctx and self.name and ctx.get_parameter_source(self.name)
        if source is ParameterSource.ENVIRONMENT:
            return f"'{self.envvar}'"
        if ctx and source is ParameterSource.DEFAULT_MAP:
            return self._place(_file_of(ctx))
        return super().get_error_hint(ctx)

    def consume_value(
        self, ctx: click.Context, opts: Mapping[str, Any]
    ) -> tuple[Any, ParameterSource]:
        """As click's. The file is asked for here: what only shows help has no use for it."""
        if ctx.default_map is None and not isinstance(ctx.command, click.Group):
            ctx.default_map = {} if ctx.resilient_parsing else _defaults(ctx)
        return super().consume_value(ctx, opts)

    def default_from(self, file: ConfigFile) -> Any:
        """The value in the file as click takes it. Raises `BadParameter` for another type."""
        value = file.values[self.key]
        if not self.multiple:
            return self._taken(value, file)
        if isinstance(value, list):
            return [self._taken(each, file) for each in value]
        raise click.BadParameter(f"{value!r} is no list.", param_hint=self._place(file))

    def _taken(self, value: Any, file: ConfigFile) -> Any:
        if flaw := _flaw(self, value):
            raise click.BadParameter(flaw, param_hint=self._place(file))
        return value if self.is_flag else str(value)

    def _place(self, file: ConfigFile) -> str:
        return f"'{self.key}' ({file.place(self.key)})"


class _Context(click.Context):
    formatter_class = Formatter


class Verbs(click.Group):
    """A group that lists its verbs in the order in which they were added.

    Each verb, and the group itself, takes `--lang`.
    """

    context_class = _Context

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **{"no_args_is_help": False, **attributes})

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Take a verb."""
        cmd.context_class = _Context
        cmd.params.append(language_flag())
        super().add_command(cmd, name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs, each with the first paragraph of its help."""
        if language() == ENGLISH:
            super().format_commands(ctx, formatter)
            return
        rows = [(name, (verb.help or "").split("\n\n")[0]) for name, verb in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl([(name, translated(help).removesuffix("。")) for name, help in rows])

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs' names."""
        return list(self.commands)


def flag(*names: str, cls: type[Flag] = Flag, **attributes: Any) -> Decorator:
    """One flag; its value is checked by the rule that tt_emulator.config has under its name."""
    return click.option(*names, cls=cls, callback=_checked, **attributes)


def language_flag() -> Flag:
    """The flag of everything; it is obeyed before the command line is parsed, see `language`."""
    return Flag(
        [LANG],
        type=click.Choice(LANGUAGES),
        expose_value=False,
        help="Language of messages and help.  [default: the system's]",
    )


class Several(click.types.StringParamType):
    """The type of a flag that repeats; its variable has them separated by commas or blanks."""

    def split_envvar_value(self, rv: str) -> list[str]:
        """The values in a variable."""
        return rv.replace(",", " ").split()


def number(text: str) -> int | float:
    """The type of a flag that may have decimals; NaN and the infinities are no numbers."""
    with suppress(ValueError):
        return int(text)
    with suppress(ValueError):
        if isfinite(value := float(text)):
            return value
    raise click.BadParameter(f"{text!r} is not a number.")


def flags(*decorators: Decorator) -> Decorator:
    """Several decorators as one, in the order in which --help shall list them."""

    def decorate(command: Command) -> Command:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return decorate


def as_json(command: Command) -> Command:
    """The flag of everything that reads."""
    return flag("--json", "as_json", is_flag=True, help="Print JSON, for programs.")(command)


def address(command: Command) -> Command:
    """The flags of everything that talks to a server."""
    return flags(
        flag(
            "--url",
            help="Address of the server."
            "  [default: that of ./.tt-emulator, or http://127.0.0.1:8717]",
        ),
        flag("--world", default=DEFAULT_WORLD, show_default=True, help="World to act on."),
        flag("--token", help="Token, if the server asks for one."),
    )(command)


def with_client(command: Command) -> Command:
    """The flags `address`; the command receives a `client`."""

    @address
    @wraps(command)
    def run(url: str | None, world: str, token: str | None, **given: Any) -> Any:
        where, shown = (url, token) if url else found_server(token)
        with connected(where, world, shown) as client:
            return command(client=client, **given)

    return run


@contextmanager
def connected(
    url: str, world: str, token: str | None, platform: str | None = None
) -> "Iterator[Client]":
    """A client. An answer of a shape that no emulator's has raises NotReached."""
    from tt_emulator.client import Client

    with Client(url, world, token, language=language(), platform=platform) as client:
        try:
            yield client
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise client.stranger() from error


def _defaults(context: click.Context) -> dict[str, Any]:
    """What the file says of the command's flags. Raises `SettingsError`, `BadParameter`."""
    file = _file_of(context)
    file.require_known(each.key for each in _flags_below(context.find_root().command))
    own = [each for each in context.command.params if isinstance(each, Flag)]
    return {
        each.name: each.default_from(file) for each in own if each.name and each.key in file.values
    }


def _flaw(flag: Flag, value: object) -> str:
    """Why the file's value cannot be the flag's by its type, empty if it can."""
    of = type(value)
    if flag.is_flag:
        return "" if of is bool else f"{value!r} is neither true nor false."
    if isinstance(flag.type, click.types.IntParamType):
        return "" if of is int else f"{value!r} is no whole number."
    if isinstance(flag.type, click.types.FuncParamType) and of in (int, float):
        return ""
    return "" if of is str else f"{value!r} is no text in quotes."


def _file_of(context: click.Context) -> ConfigFile:
    """The file as it was when the command line was read."""
    if config_file.NAME not in context.meta:
        context.meta[config_file.NAME] = config_file.read()
    file: ConfigFile = context.meta[config_file.NAME]
    return file


def _flags_below(command: click.Command) -> Iterator[Flag]:
    yield from (each for each in command.params if isinstance(each, Flag))
    if isinstance(command, click.Group):
        for verb in command.commands.values():
            yield from _flags_below(verb)


def found_server(token: str | None) -> tuple[str, str | None]:
    """Where a server is of whom nobody has said it, and what to show it."""
    from tt_emulator.cli import ready

    found = ready.here()
    return (found.url, found.token_for(token)) if found else (DEFAULT_URL, token)


def _checked(context: click.Context, param: click.Parameter, value: Any) -> Any:
    try:
        check(param.name or "", value)
    except SettingsError as error:
        raise click.BadParameter(error.detail.partition(": ")[2], context, param) from error
    return value
