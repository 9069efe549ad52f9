"""Fetch one file over HTTPS: conditional, bounded in time and size, never half.

Whatever a server does (cuts off, stalls, sends too much, redirects to an unsafe place), the
answer is the whole file or an error.
"""

from __future__ import annotations

import http.client
import ipaddress
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, NamedTuple
from urllib.parse import urlsplit

from sanctscreen import __version__
from sanctscreen.errors import InputError

CHUNK = 1 << 16
NOT_MODIFIED = 304
#: Answers that may be better a moment later (RFC 9110; 429 from RFC 6585).
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Policy:
    """How patiently and how safely files are fetched.

    Attributes:
        timeout: seconds that the server may stay silent.
        deadline: seconds that one attempt may take in all.
        attempts: how often a fetch is tried.
        backoff: seconds before the second attempt; doubled before each further one.
        loopback: whether plain HTTP is allowed to this very machine, for tests and mirrors.
    """

    timeout: float = 30.0
    deadline: float = 900.0
    attempts: int = 4
    backoff: float = 2.0
    loopback: bool = False


class Fetched(NamedTuple):
    """What a server sent.

    Attributes:
        changed: whether it sent the file; otherwise what is known is still current.
        etag: the server's tag of the version, empty if it gave none.
        modified: the server's date of the version, empty if it gave none.
    """

    changed: bool
    etag: str
    modified: str


class FetchError(InputError):
    """A file could not be fetched whole."""


class _PassingError(Exception):
    """A failure that another attempt may mend."""


def fetch(
    address: str, into: IO[bytes], *, largest: int, known: Mapping[str, str], policy: Policy
) -> Fetched:
    """Fetch a file, or learn that it has not changed.

    Args:
        address: where it is.
        into: a file opened for writing; it is emptied before each attempt.
        largest: more bytes than this are refused.
        known: ``etag`` and ``modified`` of the version at hand, if there is one.
        policy: timeouts and attempts.

    Raises:
        FetchError: the file could not be fetched whole.
    """
    check_address(address, policy)
    for attempt in range(1, policy.attempts + 1):
        try:
            return _attempt(address, into, largest, known, policy)
        except _PassingError as error:
            if attempt == policy.attempts:
                message = f"{error}; given up after {attempt} attempts"
                raise FetchError(message, path=address) from error
        time.sleep(policy.backoff * 2 ** (attempt - 1))
    raise FetchError("no attempt is allowed", path=address)


def check_address(address: str, policy: Policy) -> None:
    """Refuse every address that is not HTTPS, but for this very machine where allowed.

    Raises:
        FetchError: the address is unsafe.
    """
    parts = urlsplit(address)
    if parts.scheme == "https":
        return
    if not (parts.scheme == "http" and policy.loopback and _is_loopback(parts.hostname or "")):
        raise FetchError("not an HTTPS address", path=address)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects, to safe addresses only."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    def redirect_request(  # noqa: PLR0913, PLR0917 - the signature of the base class
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        check_address(newurl, self._policy)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _attempt(
    address: str, into: IO[bytes], largest: int, known: Mapping[str, str], policy: Policy
) -> Fetched:
    opener = urllib.request.build_opener(_Redirects(policy))
    started = time.monotonic()
    try:
        with opener.open(_request(address, known), timeout=policy.timeout) as answer:
            _copy(answer, into, largest, started + policy.deadline)
            return Fetched(True, _header(answer, "ETag"), _header(answer, "Last-Modified"))
    except urllib.error.HTTPError as error:
        with error:
            return _refused(error, address, known)
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise _PassingError(f"{reason}" or type(error).__name__) from error


def _request(address: str, known: Mapping[str, str]) -> urllib.request.Request:
    headers = {"User-Agent": f"sanctscreen/{__version__}", "Accept-Encoding": "identity"}
    if known.get("etag"):
        headers["If-None-Match"] = known["etag"]
    if known.get("modified"):
        headers["If-Modified-Since"] = known["modified"]
    # The scheme has been checked, and a redirect's is checked too.
    return urllib.request.Request(address, headers=headers)  # noqa: S310


def _refused(error: urllib.error.HTTPError, address: str, known: Mapping[str, str]) -> Fetched:
    """Take "not modified" for an answer; sort other refusals into passing and final ones."""
    if error.code == NOT_MODIFIED and known:
        return Fetched(False, known.get("etag", ""), known.get("modified", ""))
    message = f"the server answered {error.code} {error.reason}"
    if error.code in PASSING:
        raise _PassingError(message) from error
    raise FetchError(message, path=address) from error


def _copy(answer: http.client.HTTPResponse, into: IO[bytes], largest: int, deadline: float) -> None:
    """Copy the body, and make sure that all of it came."""
    into.seek(0)
    into.truncate()
    size = 0
    while chunk := answer.read1(CHUNK):
        size += len(chunk)
        if size > largest:
            raise FetchError(f"more than {largest:,} bytes", path=answer.url)
        if time.monotonic() > deadline:
            raise _PassingError(f"too slow: {size:,} bytes so far")
        into.write(chunk)
    stated = _header(answer, "Content-Length")
    if stated.isdecimal() and int(stated) != size:
        raise _PassingError(f"cut off: {size:,} of {int(stated):,} bytes")
    into.flush()


def _header(answer: http.client.HTTPResponse, name: str) -> str:
    return answer.headers.get(name) or ""
