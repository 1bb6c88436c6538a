"""Run the emulator from a checkout: `python run_emulator.py` is `tt-emulator`."""

import sys

try:
    from emulator.cli import main
except ModuleNotFoundError as missing:
    print(f"error: The Python package {missing.name!r} is not installed.", file=sys.stderr)
    print("hint: python -m pip install -e .", file=sys.stderr)
    sys.exit(4)

if __name__ == "__main__":
    sys.exit(main())
