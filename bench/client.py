"""A lean HTTP client: one kept connection and no more. requests and httpx cost more than the server they measure."""

from __future__ import annotations

import html
import json
import re
import socket
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

HIDDEN = re.compile(r'<input\b(?=[^>]*\btype="hidden")[^>]*>')
ATTRIBUTE = re.compile(r'\b(name|value)="([^"]*)"')
COST = re.compile(r"(\d+) statements, (\d+) round trips")


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page's forms, as the browser would send them back; the last of a name wins."""
        fields = (dict(ATTRIBUTE.findall(tag)) for tag in HIDDEN.findall(self.body.decode()))
        return {field["name"]: html.unescape(field.get("value", "")) for field in fields if "name" in field}

    def choices(self, name: str) -> list[str]:
        """The values that a select of the page offers."""
        found = re.search(rf'<select\b[^>]*\bname="{name}"[^>]*>(.*?)</select>', self.body.decode(), re.DOTALL)
        return re.findall(r'<option\b[^>]*\bvalue="([^"]*)"', found[1]) if found else []

    @property
    def json(self) -> dict[str, Any]:
        """What an outbox is answered."""
        answered: dict[str, Any] = json.loads(self.body)
        return answered

    @property
    def server_ms(self) -> float | None:
        """What the server says it took by itself."""
        found = re.search(r"app;dur=([\d.]+)", self.headers.get("server-timing", ""))
        return float(found[1]) if found else None

    @property
    def cost(self) -> tuple[int, int] | None:
        """Statements and round trips, as the server counted them."""
        found = COST.search(self.headers.get("server-timing", ""))
        return (int(found[1]), int(found[2])) if found else None


class Client:
    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.wire = socket.create_connection(("127.0.0.1", port))
        self.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        return self.ask("GET", path, b"", headers or {})

    def post(self, path: str, form: dict[str, object], headers: dict[str, str] | None = None) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        return self.ask("POST", path, urlencode(form, doseq=True).encode(), {**kind, **(headers or {})})

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{self.port}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        began = time.perf_counter()
        self.wire.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        status, answered = self.head()
        content = self.body(answered)
        return Answer(status, answered, content, time.perf_counter() - began)

    def head(self) -> tuple[int, dict[str, str]]:
        first, *lines = self.until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in lines:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                key, _, crumb = value.partition(";")[0].partition("=")
                self.cookies[key] = crumb
            headers[name.lower()] = value
        return int(first.split(" ")[1]), headers

    def body(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding") != "chunked":
            return self.exactly(int(headers.get("content-length", 0)))
        content = b""
        while size := int(self.until(b"\r\n"), 16):
            content += self.exactly(size)
            self.until(b"\r\n")
        self.until(b"\r\n")
        return content

    def until(self, mark: bytes) -> bytes:
        while mark not in self.rest:
            self.receive()
        found, _, self.rest = self.rest.partition(mark)
        return found

    def exactly(self, size: int) -> bytes:
        while len(self.rest) < size:
            self.receive()
        found, self.rest = self.rest[:size], self.rest[size:]
        return found

    def receive(self) -> None:
        more = self.wire.recv(65536)
        if not more:
            raise ConnectionError("the server hung up")
        self.rest += more
