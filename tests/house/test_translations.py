"""Both languages are complete, for every package."""

import subprocess
import sys

from bin.steps.i18n import read

from .house import ROOT


def test_every_sentence_has_its_chinese() -> None:
    command = [sys.executable, "-m", "bin.steps.i18n", "check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_sentence_has_one_chinese_wherever_it_stands() -> None:
    """The catalogues are read as one: where two packages differ, the last one would win everywhere."""
    said: dict[str, dict[str, str]] = {}
    for catalogue in ROOT.glob("webapp/*/translations/*/LC_MESSAGES/messages.po"):
        for message in read(catalogue):
            if message.id:
                said.setdefault(str(message.id), {})[catalogue.parts[-5]] = str(message.string)
    assert not {words: by for words, by in said.items() if len(set(by.values())) > 1}
