from collections.abc import Iterator

import click
import pytest

from tt_emulator.cli import root
from tt_emulator.cli.flags import Flag, number


def commands(group: click.Group = root) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", verb) for inner, verb in commands(command))
        else:
            yield name, command


VERBS = dict(commands())
WITHOUT_SERVER = {"play", "start", "exec", "stop", "team token", "js", "version"}
READERS = {
    *("fault list", "requests", "wait", "verify", "coverage", "player list", "settings"),
    *("errors", "version"),
}


def flags(command: click.Command) -> dict[str, click.Option]:
    return {each.opts[0]: each for each in command.params if isinstance(each, click.Option)}


@pytest.mark.parametrize("verb", VERBS)
def test_every_flag_has_an_environment_twin_of_its_name(verb: str) -> None:
    for name, flag in flags(VERBS[verb]).items():
        assert isinstance(flag, Flag)
        assert flag.envvar == "TT_EMULATOR_" + name.removeprefix("--").replace("-", "_").upper()


@pytest.mark.parametrize("verb", VERBS)
def test_every_flag_and_verb_says_what_it_is_for(verb: str) -> None:
    assert VERBS[verb].help
    assert all(flag.help for flag in flags(VERBS[verb]).values())


@pytest.mark.parametrize("verb", VERBS.keys() - WITHOUT_SERVER)
def test_what_talks_to_a_server_can_be_told_which_and_which_world(verb: str) -> None:
    assert flags(VERBS[verb]).keys() >= {"--url", "--world", "--token"}


@pytest.mark.parametrize("verb", READERS)
def test_what_reads_can_print_json(verb: str) -> None:
    assert "--json" in flags(VERBS[verb])


NUMBERS = [("5", 5), ("0.5", 0.5), ("1e3", 1000.0), ("-1", -1), (" 7 ", 7)]


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_a_number_is_passed_on_as_it_was_meant(text: str, value: float) -> None:
    assert number(text) == value
    assert type(number(text)) is type(value)


@pytest.mark.parametrize("text", ["", "x", "nan", "inf", "-inf", "1e999", "1,5", "0x10"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter, match="is not a number"):
        number(text)
