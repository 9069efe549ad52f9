"""Updating lists from a server that changes, refuses, stalls, cuts off and lies."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from sanctscreen.party_list import PartyList, read_list
from sanctscreen.update import Address, Options, Outcome, addresses, list_path, update
from sanctscreen.update.fetch import Policy

LISTS = Path(__file__).parents[2] / "fixtures" / "lists"
SDN = (LISTS / "us_ofac_xml" / "sdn.xml").read_bytes()
NEWER = SDN.replace(b"03/28/2031", b"03/29/2031").replace(b"<uid>900004", b"<uid>900005")
FAST = Policy(timeout=0.3, deadline=5, attempts=2, backoff=0, loopback=True)
OPTIONS = Options(policy=FAST, minimum=0, max_shrink=0.3)


class Server(ThreadingHTTPServer):
    """A publisher on this machine, whose answer a test sets."""

    answer: Callable[[BaseHTTPRequestHandler], None]

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[BaseHTTPRequestHandler] = []

    @property
    def address(self) -> str:
        """Where the list is."""
        return f"http://127.0.0.1:{self.server_port}/SDN.XML"


class Handler(BaseHTTPRequestHandler):
    """Leaves every answer to the test."""

    def do_GET(self) -> None:
        """Answer a request."""
        server = self.server
        assert isinstance(server, Server)
        server.requests.append(self)
        server.answer(self)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output clean."""


def sends(
    body: bytes, *, status: int = 200, length: int | None = None, **headers: str
) -> Callable[[BaseHTTPRequestHandler], None]:
    """Make an answer: a body and the headers that go with it."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def unchanged_if(tag: str, body: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answer 304 to whoever knows the tag, and send the body to everybody else."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        if request.headers.get("If-None-Match") == tag:
            request.send_response(304)
            request.end_headers()
        else:
            sends(body, ETag=tag, Last_Modified="Fri, 28 Mar 2031 12:00:00 GMT")(request)

    return answer


def stalls(request: BaseHTTPRequestHandler) -> None:
    """Send half and fall silent."""
    request.send_response(200)
    request.send_header("Content-Length", str(len(SDN)))
    request.end_headers()
    request.wfile.write(SDN[:1000])
    request.wfile.flush()
    time.sleep(0.6)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as made:
        thread = Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def run(server: Server, folder: Path, options: Options = OPTIONS, **changes: object) -> Outcome:
    """Update the one list of the server."""
    address = Address("ofac-sdn", server.address, 1 << 20)._replace(**changes)
    (outcome,) = update(folder, [address], options)
    return outcome


@pytest.fixture
def folder(server: Server, tmp_path: Path) -> Path:
    """A folder with a list in use."""
    server.answer = unchanged_if('"one"', SDN)
    assert run(server, tmp_path).result == "updated"
    server.requests.clear()
    return tmp_path


def in_use(folder: Path) -> PartyList:
    return read_list(list_path(folder, "ofac-sdn"))


def test_first_update_saves_the_list(server: Server, folder: Path) -> None:
    """The list is saved in our own format, with the state of the next request beside it."""
    expected = read_list(LISTS / "us_ofac_xml" / "sdn.xml", minimum=0).with_minimum(0)
    assert in_use(folder).digest == expected.digest
    state = json.loads((folder / "ofac-sdn.state.json").read_text())
    assert (state["etag"], state["list"]) == ('"one"', in_use(folder).digest)
    assert sorted(each.name for each in folder.iterdir()) == [
        "ofac-sdn.json.gz",
        "ofac-sdn.state.json",
    ]


def test_unchanged_list_is_not_sent_again(server: Server, folder: Path) -> None:
    """The server's tag and date go into the request, and 304 leaves everything as it is."""
    before = list_path(folder, "ofac-sdn").stat().st_mtime_ns
    outcome = run(server, folder)

    assert outcome == Outcome("ofac-sdn", "unchanged", "2031-03-28, 4 parties")
    assert server.requests[0].headers["If-Modified-Since"] == "Fri, 28 Mar 2031 12:00:00 GMT"
    assert list_path(folder, "ofac-sdn").stat().st_mtime_ns == before


def test_changed_list_replaces_the_old_one(server: Server, folder: Path) -> None:
    """A newer version is swapped in, and the outcome says what came and went."""
    server.answer = unchanged_if('"two"', NEWER)
    outcome = run(server, folder)

    assert outcome.result == "updated"
    assert outcome.message == "2031-03-29, 4 parties; 1 added, 1 removed since 2031-03-28"
    assert in_use(folder).version == "2031-03-29"
    assert run(server, folder).result == "unchanged"


def test_same_content_under_another_tag_is_unchanged(server: Server, folder: Path) -> None:
    """A server that forgets its tags costs a download, no new version."""
    server.answer = sends(SDN)

    assert run(server, folder).result == "unchanged"


@pytest.mark.parametrize(
    ("answer", "message", "requests"),
    [
        (sends(b"gone", status=404), "the server answered 404 Not Found", 1),
        (sends(b"busy", status=503), "503 Service Unavailable; given up after 2 attempts", 2),
        (sends(SDN[:2000], length=len(SDN)), "cut off: 2,000 of", 2),
        (sends(SDN[:2000]), "not well-formed XML", 1),
        (stalls, "timed out; given up after 2 attempts", 2),
        (sends(b"<!DOCTYPE html><html><body>Sign in</body></html>"), "DOCTYPE", 1),
        (sends(b"<html><body>Sign in</body></html>"), "no reader recognises the file", 1),
        (sends(b"{}"), "no reader recognises the file", 1),
        (sends(b""), "empty file", 1),
        (sends(gzip.compress(SDN)[:-20]), "cannot be read", 1),
        (sends(b" " * (2 << 20)), "more than 1,048,576 bytes", 1),
        (
            sends((LISTS / "us_ofac_xml.cons/consolidated.xml").read_bytes()),
            "this is ofac-cons, not ofac-sdn",
            1,
        ),
        (
            sends((LISTS / "us_ofac_xml.cons/consolidated.xml").read_bytes().replace(
                b"NS-PLC", b"SDGT").replace(b"UKRAINE-EO13662", b"SDGT").replace(
                b"RUSSIA-EO14024", b"SDGT")),
            "4 of 4 parties are gone",
            1,
        ),
        (sends(SDN.replace(b"03/28/2031", b"03/27/2031")), "older than that of 2031-03-28", 1),
        (sends(b"", status=302, Location="ftp://127.0.0.1/x"), "not an HTTPS address", 1),
        (sends(b"", status=302, Location="http://192.0.2.1/x"), "not an HTTPS address", 1),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_last_good_list_is_kept(
    answer: Callable[[BaseHTTPRequestHandler], None],
    message: str,
    requests: int,
    server: Server,
    folder: Path,
) -> None:
    """Whatever the server does, the list in use stays, byte by byte, and the outcome says so."""
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    server.answer = answer
    outcome = run(server, folder)

    assert outcome.result == "failed"
    assert message in outcome.message
    assert outcome.message.endswith("; the list of 2031-03-28 stays in use")
    assert len(server.requests) == requests
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before


def test_a_passing_failure_is_tried_again(server: Server, tmp_path: Path) -> None:
    """A server that is busy once is asked once more."""

    def busy_once(request: BaseHTTPRequestHandler) -> None:
        busy = len(server.requests) == 1
        (sends(b"busy", status=503) if busy else sends(SDN))(request)

    server.answer = busy_once

    assert run(server, tmp_path).result == "updated"


def test_a_redirect_is_followed(server: Server, tmp_path: Path) -> None:
    """A publisher may move its file to another safe place."""

    def moved(request: BaseHTTPRequestHandler) -> None:
        there = request.path == "/there"
        (sends(SDN) if there else sends(b"", status=302, Location="/there"))(request)

    server.answer = moved

    assert run(server, tmp_path).result == "updated"


def test_minimum_is_the_readers_own(server: Server, tmp_path: Path) -> None:
    """Without an older list the reader's own minimum tells a download that broke off."""
    server.answer = sends(SDN)
    outcome = run(server, tmp_path, Options(policy=FAST))

    assert "fewer than the 5000" in outcome.message
    assert outcome.message.endswith("; no list is in use")
    assert not list(tmp_path.iterdir())


def test_override_is_recorded(server: Server, folder: Path) -> None:
    """A list that shrank is taken on somebody's word, and its warnings say on whose."""
    server.answer = sends(SDN.replace(b"03/28/2031", b"03/01/2031"))
    options = Options(policy=FAST, minimum=0, accept="checked by J. Doe")

    assert run(server, folder, options).result == "updated"
    lowered, warning = in_use(folder).sources[0].warnings
    assert lowered == "read with a minimum of 0 parties, set by the user"
    assert warning.startswith("taken although it is of 2031-03-01, older")
    assert warning.endswith("checked by J. Doe")


def test_damaged_list_in_use_is_said(server: Server, folder: Path) -> None:
    """A list in use that was altered is neither trusted nor overwritten."""
    path = list_path(folder, "ofac-sdn")
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"BORYA", b"BORIS")))
    outcome = run(server, folder)

    assert outcome.result == "failed"
    assert outcome.message.endswith("altered or cut; the list in use is damaged")


def test_state_in_doubt_costs_a_full_request(server: Server, folder: Path) -> None:
    """A state that is damaged, or of another list, is not believed."""
    for state in ("{", "[]", "{}", '{"address": "x", "list": "y"}'):
        (folder / "ofac-sdn.state.json").write_text(state)
        server.requests.clear()

        assert run(server, folder).result == "unchanged"
        assert "If-None-Match" not in server.requests[0].headers


def test_plain_http_needs_leave(server: Server, tmp_path: Path) -> None:
    """Plain HTTP is refused, and allowed to this machine only where asked for."""
    outcome = run(server, tmp_path, Options())

    assert outcome.message.startswith(f"{server.address}: not an HTTPS address")
    for address in ("http://example.org/x", "file:///etc/passwd", "ftp://127.0.0.1/x", ""):
        assert "not an HTTPS address" in run(server, tmp_path, address=address).message
    assert not server.requests


def test_one_failure_does_not_end_the_run(server: Server, tmp_path: Path) -> None:
    """Every list gets its turn."""
    server.answer = sends(SDN)
    wanted = [
        Address("un-sc", server.address, 1 << 20),
        Address("ofac-sdn", server.address, 1 << 20),
    ]

    assert [each.result for each in update(tmp_path, wanted, OPTIONS)] == ["failed", "updated"]


def test_every_address_is_safe() -> None:
    """The publishers' addresses are HTTPS, with a limit each."""
    for source, address in addresses().items():
        assert address.source == source
        assert address.address.startswith("https://")
        assert address.largest >= 1 << 20
