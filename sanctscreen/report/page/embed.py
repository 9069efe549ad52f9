"""Text and data in an HTML page, such that nothing in them is ever read as HTML or script."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from typing import Any

from sanctscreen.report.parts import plain

#: What could end a script element, start an entity or a comment, or end a line of script; and
#: halves of characters, which UTF-8 cannot write.
_HOSTILE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def data_line(value: Any) -> str:
    r"""Write a value as one line of JSON that a script element can hold.

    >>> data_line({"name": "</script>"})
    '{"name":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _HOSTILE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def shown(text: object) -> str:
    """Write text for a page: escaped, and without a character that could turn its direction.

    >>> shown("Smith & <b>")
    'Smith &amp; &lt;b&gt;'
    """
    return html.escape(plain(str(text)))


def source_hash(text: str) -> str:
    """Return the hash by which a content security policy (CSP level 2) admits a script or style."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
