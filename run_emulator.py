"""Run the emulator from a checkout: `python run_emulator.py` is `tt-emulator`."""

import sys
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(_FOLDER / "emulator"))

try:
    from tt_emulator.cli import main
except ModuleNotFoundError as missing:
    print(f"error: The Python package {missing.name!r} is not installed.", file=sys.stderr)
    print(f'hint: {sys.executable} -m pip install -e "{_FOLDER}"', file=sys.stderr)
    sys.exit(4)

if __name__ == "__main__":
    sys.exit(main())
