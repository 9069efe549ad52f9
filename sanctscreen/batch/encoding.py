"""Which encoding a file is written in: byte-order mark, UTF-16, UTF-8, then a bounded guess.

UTF-8 proves itself, because text in another encoding is hardly ever valid UTF-8. The older
one-byte encodings do not: charset-normalizer proposes, `_faults` chooses, and the answer says
that it is a guess, so that a person can overrule it.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from sanctscreen.errors import InputError
from sanctscreen.text.scripts import scripts

SAMPLE_BYTES = 64 * 1024
CHUNK_BYTES = 1024 * 1024

#: The longer marks first: UTF-32 LE begins with the mark of UTF-16 LE.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: What is considered where nothing proves itself; cp1252 wins a tie.
LEGACY = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("koi8_r", "gb18030", "big5", "cp932", "euc_jp", "cp949"),
)
#: Japanese words mix these with Chinese characters.
JAPANESE = frozenset({"Hira", "Kana"})
#: Icelandic alone has these; far oftener they are Turkish letters, misread.
ICELANDIC = frozenset("ÐðÞþ")
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Encoding:
    """The name of an encoding, and whether it is proven or guessed."""

    name: str
    guessed: bool = False

    def __str__(self) -> str:
        return f"{self.name} (guessed)" if self.guessed else self.name


def detect_encoding(path: Path) -> Encoding:
    """Tell which encoding a text file is written in.

    The whole file is looked through for bytes that are not ASCII, 64 KiB of such lines are
    weighed. A file that is UTF-8 but for a few stray bytes counts as UTF-8.

    Raises:
        InputError: the file cannot be read, or holds zero bytes and is no UTF-16.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(SAMPLE_BYTES)
        for mark, name in BYTE_ORDER_MARKS:
            if head.startswith(mark):
                return Encoding(name)
        wide = _unmarked_utf16(head)
        return Encoding(wide) if wide else _narrow(_non_ascii_lines(path))
    except OSError as error:
        raise InputError(error.strerror or str(error), path=path) from error


def named_encoding(name: str) -> Encoding:
    """Return the encoding that a user names.

    Raises:
        InputError: Python knows no such text encoding.
    """
    try:
        codecs.lookup(name)
        b"".decode(name)
    except (LookupError, ValueError) as error:
        raise InputError(f"no such encoding: {name!r}") from error
    return Encoding(name)


def _unmarked_utf16(head: bytes) -> str | None:
    """Recognise UTF-16 without a mark: decoded rightly, its line ends and no zeros show."""
    if b"\0" not in head:
        return None
    for name in ("utf-16-le", "utf-16-be"):
        text = head[: len(head) // 2 * 2].decode(name, errors="replace")
        if "\n" in text and "\0" not in text and "\ufffd" not in text[:-1]:
            return name
    return None


def _non_ascii_lines(path: Path) -> bytes:
    """Collect up to 64 KiB of the lines that hold more than ASCII, wherever they stand."""
    sample = bytearray()
    with path.open("rb") as stream:
        while len(sample) < SAMPLE_BYTES and (chunk := stream.read(CHUNK_BYTES)):
            if not chunk.isascii():
                lines = chunk.splitlines(keepends=True)
                # A chunk may end inside a character; its last line is left out unless alone.
                whole = lines[:-1] if len(lines) > 1 and len(chunk) == CHUNK_BYTES else lines
                sample += b"".join(line for line in whole if not line.isascii())
    return bytes(sample[:SAMPLE_BYTES])


def _narrow(sample: bytes) -> Encoding:
    """Choose between UTF-8 and the older encodings for lines that hold more than ASCII."""
    text = sample.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    beyond_ascii = sum(character > "\x7f" for character in text)
    if broken * 2 <= beyond_ascii:
        return Encoding("utf-8")
    return Encoding(_legacy(sample), guessed=True)


def _legacy(sample: bytes) -> str:
    """Return the older encoding in which the sample reads most like names."""
    from charset_normalizer import from_bytes

    proposed = [match.encoding for match in from_bytes(sample, cp_isolation=list(LEGACY))]
    candidates = dict.fromkeys(["cp1252", *proposed])
    return min(candidates, key=lambda name: _faults(sample.decode(name, errors="replace")))


def _faults(text: str) -> int:
    """Count what names do not have: symbols, and words of odd case or of mixed alphabets."""
    return sum(map(_symbol, text)) + sum(map(_odd, WORD.findall(text)))


def _symbol(character: str) -> bool:
    """Tell a sign that names hardly hold; half-width kana stand for misread Arabic."""
    if character in ICELANDIC or "\uff61" <= character <= "\uff9f":
        return True
    return character > "\x7f" and not character.isalpha() and not character.isspace()


def _odd(word: str) -> int:
    """Count the faults of one word: odd case, two alphabets, Latin without a plain letter."""
    if word.isascii():
        return 0
    rises = sum(a.islower() and b.isupper() for a, b in pairwise(word))
    found = scripts(word)
    strange = found == {"Latn"} and len(word) > 2 and not any(map(str.isascii, word))
    return rises + word[0].islower() + (len(found - JAPANESE) > 1) + strange
