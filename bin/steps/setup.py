"""The set-up steps, each skipped while its inputs are as they were. Needs nothing but Python itself."""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST_NODE = 18
FRONT_END = ["package.json", "package-lock.json", "static/src", "templates"]


def main() -> None:
    options = argparse.ArgumentParser(prog="bin/setup", description="Set up what is missing; skip what is unchanged.")
    options.add_argument("--dev", action="store_true", help="also what tests and checks need")
    dev = options.parse_args().dev
    os.chdir(ROOT)
    with Path("bin/setup").open() as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        step("Virtual environment", [Path(sys.executable).resolve()], VENV / ".made", make_venv)
        wanted = "requirements-dev.txt" if dev else "requirements.txt"
        stamp = VENV / f".{wanted}"
        step("Python packages", ["requirements.txt", wanted, VENV / ".made"], stamp, lambda: install(wanted))
        if Path("package.json").exists():
            step("Front-end packages", ["package-lock.json"], ROOT / "node_modules/.installed", install_node_modules)
            step("Front end", FRONT_END, ROOT / "static/build/.inputs", lambda: npm("run", "build"))
        step("Translations", ["webapp/**/*.po"], VENV / ".translations", compile_translations)


def step(name: str, inputs: Iterable[str | Path], stamp: Path, work: Callable[[], None]) -> None:
    """Do the work unless the stamp says that it was done with these very inputs."""
    digest = fingerprint(inputs)
    if stamp.exists() and stamp.read_text() == digest:
        return
    print(f"· {name} …", flush=True)
    began = time.monotonic()
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest)
    print(f"  {name}: {time.monotonic() - began:.1f} s", flush=True)


def fingerprint(inputs: Iterable[str | Path]) -> str:
    """One hash over files, folders and patterns; a file that is not there counts as empty."""
    total = hashlib.sha256()
    for path in sorted(file for given in inputs for file in files(given)):
        total.update(f"{path}\0".encode() + path.read_bytes() + b"\0")
    return total.hexdigest()


def files(given: str | Path) -> list[Path]:
    if "*" in str(given):
        return [path for path in ROOT.glob(str(given)) if path.is_file()]
    path = ROOT / given
    return [file for file in path.rglob("*") if file.is_file()] if path.is_dir() else [path] if path.exists() else []


def run(*command: str | Path, **more: str) -> None:
    """Run quietly; on failure show what it said and stop."""
    done = subprocess.run(
        command, env={**os.environ, **more}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        print(done.stdout)
        sys.exit(f"{' '.join(map(str, command))} failed.")


def make_venv() -> None:
    run(sys.executable, "-m", "venv", "--clear", VENV)


def install(requirements: str) -> None:
    run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements)


def install_node_modules() -> None:
    npm("ci", "--no-audit", "--no-fund")


def npm(*arguments: str) -> None:
    run(node_folder() / "npm", *arguments, PATH=f"{node_folder()}{os.pathsep}{os.environ['PATH']}")


def node_folder() -> Path:
    """Where `node` and `npm` are: the system's if new enough, else the ones from PyPI."""
    node = shutil.which("node")
    if node and shutil.which("npm", path=str(Path(node).parent)):
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
        if int(version.lstrip("v").split(".")[0]) >= OLDEST_NODE:
            return Path(node).parent
    if not (VENV / "bin" / "npm").exists():
        install("requirements-node.txt")
    return VENV / "bin"


def compile_translations() -> None:
    run(PYTHON, "-m", "bin.steps.i18n", "compile")


if __name__ == "__main__":
    main()
