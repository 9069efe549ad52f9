"""XML from a stranger: a parser that refuses every DOCTYPE and names the place of each fault.

Without a DOCTYPE there is no entity beyond XML's own five and no external file, so nothing can
grow beyond the bytes that were fed, and nothing else is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from sanctscreen.errors import InputError

#: Makes the error of a reader from a message and a line, counted from 1.
Fault = Callable[[str, int], InputError]
#: expat joins a namespace and a name with it; no URI may contain it.
SPACE = " "


def hardened_parser(fault: Fault) -> expat.XMLParserType:
    """Make a parser that joins text, tells namespaces and refuses every DOCTYPE."""
    parser = expat.ParserCreate(namespace_separator=SPACE)
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise fault("a DOCTYPE, which no file of this kind needs, is refused", _line(parser))

    parser.StartDoctypeDeclHandler = refuse
    return parser


def feed(parser: expat.XMLParserType, chunk: bytes, fault: Fault, *, last: bool = False) -> None:
    """Parse a piece of a file.

    Raises:
        InputError: as ``fault`` makes it: not well-formed, or in an unknown encoding.
    """
    try:
        parser.Parse(chunk, last)
    except InputError:
        raise
    except expat.ExpatError as error:
        raise fault(
            f"not well-formed XML in column {error.offset + 1}: "
            f"{expat.ErrorString(error.code)}; cut off or damaged?",
            error.lineno,
        ) from error
    except (ValueError, LookupError) as error:
        raise fault(f"in an encoding that cannot be read: {error}", 1) from error


def local(name: str) -> str:
    """Take the namespace off the name of an element or attribute."""
    return name.rpartition(SPACE)[2]


def _line(parser: expat.XMLParserType) -> int:
    return parser.CurrentLineNumber
