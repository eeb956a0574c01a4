"""The harness: a real PostgreSQL a run, a database a worker, a company a test.

Tests commit, as the application does. They do not get in each other's way because each makes its own company;
so a test never asserts on what is not its own.
"""

pytest_plugins = [
    "tests.support.network",
    "tests.support.database",
    "tests.support.application",
    "tests.support.browser",
]
