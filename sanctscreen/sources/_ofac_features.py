"""Features of OFAC's newer XML layouts, put into the words of the remarks."""

from __future__ import annotations

from sanctscreen.sources._ofac import Entry

#: Features that the remarks call otherwise; all others are called there as they are here.
CLAUSES = {
    "birthdate": "DOB",
    "place of birth": "POB",
    "nationality country": "nationality",
    "citizenship country": "citizen",
    "title": "Title:",
}
DETAILS = {
    "vessel type": "vessel_type",
    "vessel flag": "flag",
    "vessel owner": "owner",
    "vessel tonnage": "tonnage",
    "vessel gross registered tonnage": "gross_registered_tonnage",
}


def add_feature(entry: Entry, label: str, text: str, note: str = "") -> None:
    """Keep a feature where its kind belongs.

    Args:
        entry: the party.
        label: the kind of feature, such as ``Birthdate`` or ``SWIFT/BIC``.
        text: what it says.
        note: a comment on it.
    """
    key = label.lower()
    if key in DETAILS:
        entry.details.append((DETAILS[key], text))
    elif key in CLAUSES:
        entry.clauses.append(f"{CLAUSES[key]} {text}")
    else:
        entry.add_identifier(label, text, note=note)
        return
    entry.clauses += [f"{label}: {note}"] if note else []
