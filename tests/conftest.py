"""The harness: a real PostgreSQL a run, a database a worker, a company a test.

Tests commit, as the application does. They do not get in each other's way because each makes its own company;
so a test never asserts on what is not its own.
"""

from hypothesis import HealthCheck, settings

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.load_profile("house")

pytest_plugins = [
    "tests.support.network",
    "tests.support.database",
    "tests.support.application",
    "tests.support.browser",
]
