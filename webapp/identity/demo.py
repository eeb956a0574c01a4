"""The demo company's one-tap sign-ins, which work only where nobody else can reach."""

DEMO_PASSWORD = "just looking around"  # noqa: S105 - everyone may know it; it opens nothing but the demo
"""The password of every demo user; their logins end in `.demo`."""
