"""`js`: what a game and its JavaScript tests need, copied out of the package."""

from pathlib import Path

import click

from tt_emulator import __version__, whole_file
from tt_emulator.cli.output import say
from tt_emulator.errors import SettingsError

_WEB = Path(__file__).parent.parent / "web"
_OURS = b"tt-emulator"  # every one of them names it


@click.command("js")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def js(folder: Path) -> None:
    """Copy tt.js, wx.js, both as modules, tt-emulator.mjs and the types to DIR.

    Older copies are replaced; a file that is none is left alone, and nothing is copied.
    """
    from tt_emulator.wire.guard import PUBLIC  # late: other verbs need no server's rules

    scripts = [_WEB / path.removeprefix("/") for path in sorted(PUBLIC)]
    try:
        for script in scripts:
            _check(folder / script.name)
        folder.mkdir(parents=True, exist_ok=True)
        for script in scripts:
            whole_file.write(folder / script.name, script.read_bytes())
    except OSError as error:
        raise SettingsError(
            f"{folder} cannot be written to: {error.strerror}.", "Choose another folder."
        ) from error
    names = ", ".join(script.name for script in scripts)
    say(f"copied {names} of version {__version__} to {folder}")


def _check(target: Path) -> None:
    if target.exists() and _OURS not in target.read_bytes():
        raise SettingsError(
            f"{target} is no copy of the emulator's {target.name}: it is kept.",
            "Choose another folder, or move that file away.",
        )
