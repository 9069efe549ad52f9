"""Names of OFAC's advanced XML: every script, part by part, joined as the lists write them."""

from __future__ import annotations

from sanctscreen.model import Name, NameType, Quality
from sanctscreen.sources import _ofac
from sanctscreen.sources._element import Element
from sanctscreen.sources._ofac_reference import Words

PARTS = {
    "last name": "family",
    "maiden name": "family",
    "first name": "given",
    "middle name": "given",
    "patronymic": "patronymic",
    "matronymic": "patronymic",
}


def names(identity: Element, words: Words, *, is_person: bool) -> list[Name]:
    """Read the names of an ``Identity``, its primary one first.

    Args:
        identity: the element.
        words: the tables that name types and parts.
        is_person: whether parts are worth keeping apart.

    Raises:
        ListError: a name without text, or of an unknown type.
    """
    groups = {
        group.attr("ID"): words.word("NamePartType", group, "NamePartTypeID").lower()
        for group in identity.all("NamePartGroups/MasterNamePartGroup/NamePartGroup")
    }
    aliases = identity.all("Alias")
    found: list[Name] = []
    for alias in sorted(aliases, key=lambda each: each.attr("Primary") != "true"):
        type_ = _type(alias, words)
        quality: Quality = "weak" if alias.attr("LowQuality") == "true" else "strong"
        for documented in alias.all("DocumentedName"):
            parts = [_part(each, groups) for each in documented.all("DocumentedNamePart")]
            name = Name(
                full=_joined(parts, documented),
                type=type_ if found else "primary",
                quality=quality,
                parts=tuple(parts) if is_person and len(parts) > 1 else (),
            )
            found.append(name)
    return found


def _type(alias: Element, words: Words) -> NameType:
    word = words.word("AliasType", alias, "AliasTypeID").lower()
    if word not in _ofac.NAME_TYPES and word != "name":
        raise alias.error(f"unknown type of alias: {word!r}", "AliasTypeID")
    return _ofac.NAME_TYPES.get(word, "aka")


def _part(element: Element, groups: dict[str, str]) -> tuple[str, str]:
    before, after = element.attr("LeadingChars"), element.attr("TrailingChars")
    value = element.first("NamePartValue")
    if value is None:
        return "other", before + after
    group = groups.get(value.attr("NamePartGroupID"), "")
    return PARTS.get(group, "other"), before + value.text() + after


def _joined(parts: list[tuple[str, str]], documented: Element) -> str:
    """Write ``FAMILY, Given Patronymic``, as every layout does."""
    family = " ".join(text for part, text in parts if part == "family" and text)
    others = " ".join(text for part, text in parts if part != "family" and text)
    full = ", ".join(filter(None, (family, others)))
    if not full:
        raise documented.error("a name without text", "NamePartValue")
    return full
