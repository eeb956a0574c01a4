"""Both languages are complete, for every package."""

import subprocess
import sys

from .house import ROOT


def test_every_sentence_has_its_chinese() -> None:
    command = [sys.executable, "-m", "bin.steps.i18n", "check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
