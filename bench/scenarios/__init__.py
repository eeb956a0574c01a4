"""One module a scenario: a docstring whose first line `--list` shows, and `run(stage)` that yields figures."""
