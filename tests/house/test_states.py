"""docs/states.md says what the program does."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_states_is_in_step() -> None:
    done = subprocess.run([sys.executable, "bin/states", "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0, "run bin/states"
