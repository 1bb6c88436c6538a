"""`python -m tt_emulator` is `tt-emulator`."""

import sys

from tt_emulator.cli import main

if __name__ == "__main__":
    sys.exit(main())
