"""A package imports only from the floors below it; Flask stays where people's requests come in."""

import subprocess
import sys
from pathlib import Path

from .house import ROOT


def test_the_floors_hold() -> None:
    command = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([command, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
