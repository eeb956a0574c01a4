"""The command: choose scenarios, set the stage, print one JSON line a figure and a line of words beneath it."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import signal
import sys
import time
from types import ModuleType

from . import scenarios
from .stage import Stage, staged


def main() -> None:
    known = {module.name.replace("_", "-"): module.name for module in pkgutil.iter_modules(scenarios.__path__)}
    given = arguments(sorted(known))
    if given.list:
        for name in sorted(known):
            print(f"{name:<14} {about(load(known[name]))}")
        return
    unknown = set(given.names) - set(known)
    if unknown:
        sys.exit(f"There is no figure {', '.join(sorted(unknown))}. Known: {', '.join(sorted(known))}.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # an ordinary exit, so that servers are stopped too
    with staged(quick=given.quick) as stage:
        for name in given.names or sorted(known):
            play(name, load(known[name]), stage)
        if given.verify:
            stage.flask("verify")


def arguments(names: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description="Print how fast it is, one JSON line a figure.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(names)}; all if none is named")
    parser.add_argument("--quick", action="store_true", help="short runs and small data: a first impression")
    parser.add_argument("--verify", action="store_true", help="at the end, check that the books stand (flask verify)")
    parser.add_argument("--list", action="store_true", help="say what there is")
    return parser.parse_args()


def load(name: str) -> ModuleType:
    return importlib.import_module(f"bench.scenarios.{name}")


def about(module: ModuleType) -> str:
    return (module.__doc__ or "").strip().splitlines()[0]


def play(name: str, module: ModuleType, stage: Stage) -> None:
    began = time.monotonic()
    for figure in module.run(stage):
        print(figure.as_json(), flush=True)
        if figure.words:
            print(f"    {figure.words}", flush=True)
    print(f"    [{name}: {time.monotonic() - began:.0f} s]", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
