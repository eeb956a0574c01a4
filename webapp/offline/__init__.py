"""Offline: the service worker and manifest, the session a phone asks for before it sends, the page of what waits.

What waits lives on the phone alone; `static/src/js/outbox` and `static/src/sw` are the other half of this package.
"""
