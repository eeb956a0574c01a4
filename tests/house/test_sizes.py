"""Small rooms: a file is one idea, a function is read at a glance."""

from .house import ROOT, files, functions, name, python_files

OURS = files("*.py", "webapp", "tests", "bin", "bench")
MARKUP_AND_SCRIPTS = [*files("*.html", "templates"), *files("*.js", "static/src"), *files("*.sh", "bin")]


def test_python_files_stay_under_300_lines() -> None:
    long = {name(path): lines for path in OURS if (lines := len(path.read_text().splitlines())) > 300}
    assert not long


def test_templates_and_scripts_stay_under_100_lines() -> None:
    long = {name(path): lines for path in MARKUP_AND_SCRIPTS if (lines := len(path.read_text().splitlines())) > 100}
    assert not long


def test_functions_stay_under_50_lines() -> None:
    long = {
        f"{name(path)}:{function.name}": lines
        for path in OURS
        for function in functions(path)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > 50
    }
    assert not long


def test_names_are_the_trades_own() -> None:
    empty = {"utils", "helpers", "manager", "handler", "handlers", "common", "misc"}
    assert not [name(path) for path in python_files() if path.stem in empty]


def test_packages_say_what_they_are_for() -> None:
    packages = (ROOT / "webapp").glob("*/__init__.py")
    assert not [name(path) for path in packages if not path.read_text().lstrip().startswith(('"""', "'''"))]
