"""Packages of npm that tests need, at the versions that a package.json pins."""

import subprocess
import tempfile
from hashlib import sha256
from pathlib import Path

from filelock import FileLock

from required_programs import missing, program

INSTALL_S = 600


def installed(folder: Path) -> Path:
    """The folder's node_modules, installed once for as long as its package.json stays the same."""
    modules = folder / "node_modules"
    wanted = sha256((folder / "package.json").read_bytes()).hexdigest()
    stamp = modules / ".installed"
    npm = program("npm")
    lock = sha256(str(folder).encode()).hexdigest()[:8]
    with FileLock(Path(tempfile.gettempdir(), f"tt-emulator-npm-{lock}.lock")):
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
            done = subprocess.run(
                [
                    npm,
                    "install",
                    "--no-package-lock",
                    "--no-audit",
                    "--no-fund",
                    "--ignore-scripts",
                    "--prefer-offline",
                ],
                cwd=folder,
                capture_output=True,
                encoding="utf-8",
                timeout=INSTALL_S,
                check=False,
            )
            if done.returncode != 0:
                missing(f"npm could not install {folder}: {done.stderr[-500:]}")
            stamp.write_text(wanted, encoding="utf-8")
    return modules
