"""The script of a page, run in a real browser: rows are drawn, filters filter, names do nothing."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sanctscreen.cleared import Clearances
from sanctscreen.cleared.exchange import read
from sanctscreen.config import Config
from sanctscreen.model import Counterparty, PartialDate, Party
from sanctscreen.party_list import PartyList
from sanctscreen.report.page import Files, screen_with_report
from sanctscreen.screen import Screener

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
ATTACK = "</script><img src=x onerror=document.title='hurt'>"
ROWS = (
    "id,name,type,date of birth,city",
    "a,Ivan Petrov,person,1960-01-01,",
    "b,Ivan Petrof,person,,",
    "c,Petrov Shipping LLC,company,,",
    "d,???,company,,",
    "e,Ivan Petrov,person,1999-02-03,",
    "f,Ivan Petrov,person,soon,",
    "g,Unconcerned Bakery,company,,",
    f"h,Attacker {ATTACK} Bank,company,,",
    "i,Lemon Bakery,company,,Yalta",
)
PARTIES = (
    Party(
        id="one:1",
        kind="person",
        names=("Ivan Petrov",),
        dates_of_birth=(PartialDate.of(1960, 1, 1),),
    ),
    Party(id="two:1", kind="entity", names=("Petrov Shipping",)),
    Party(id="two:2", kind="entity", names=(f"Attacker {ATTACK} Bank",)),
)
SCREENER = Screener(PartyList(parties=PARTIES), config=Config(embargoed_regions=["all"]))
#: control, value, and the references of the rows that are then shown
CHOICES = (
    ("search", "", "abcdefhi"),
    ("search", "PETROF", "b"),
    ("search", "soon", "f"),
    ("search", "two:1", "c"),
    ("decision", "match", "abcfh"),
    ("decision", "review", "di"),
    ("decision", "clear", "e"),
    ("kind", "person", "abef"),
    ("status", "designated", "abcefh"),
    ("list", "user", "abcefh"),
    ("only", "faulty", "f"),
    ("only", "aside", "e"),
    ("only", "open", "abcdfhi"),
    ("only", "regions", "i"),
    ("region", "Crimea and Sevastopol", "i"),
    ("least", "100", "afh"),
)
TRIAL = """
addEventListener("load", () => {
  const at = (id) => document.getElementById(id);
  const found = CHOICES.map(([id, value]) => {
    for (const each of at("filters").elements) each.value = each.id === "order" ? "file" : each.id === "least" ? 0 : "";
    at(id).value = value;
    at(id).dispatchEvent(new Event("input", { bubbles: true }));
    return [...document.querySelectorAll(".card bdi")].map((node) => node.textContent).join("");
  });
  document.body.append(Object.assign(document.createElement("pre"), { id: "found", textContent: JSON.stringify(found) }));
});
"""  # noqa: E501

#: An analyst says of the first two hits that they are no match, takes one word back, and saves.
DESK = """
addEventListener("load", () => {
  const at = (id) => document.getElementById(id);
  const put = (text) => document.body.append(Object.assign(document.createElement("pre"), { id: "found", textContent: text }));
  globalThis.Blob = class { constructor(parts) { put(parts.join("")); } };
  URL.createObjectURL = () => "#";
  at("order").value = "file";
  at("order").dispatchEvent(new Event("input", { bubbles: true }));
  const forms = [...document.querySelectorAll(".decide")];
  for (const form of forms.slice(0, 2)) {
    form.querySelector("button").click();
    form.querySelector("button").click();
    form.querySelector("input").value = "=a namesake";
    form.querySelector("button").click();
  }
  forms[1].querySelector("button").click();
  at("author").value = "A. Meyer";
  at("save").click();
});
"""  # noqa: E501

pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium to open a page with")


def page(folder: Path) -> Path:
    """Write a page about the rows."""
    source = folder / "in.csv"
    source.write_text("\n".join(ROWS), encoding="utf-8")
    files = Files(source, folder / "out.csv", folder / "out.html")
    screen_with_report(files, SCREENER)
    return files.report


def opened(path: Path) -> str:
    """Return the document as it is once its scripts have run."""
    command = [str(BROWSER), *QUIET, f"--user-data-dir={path.parent / 'profile'}", "--dump-dom"]
    done = subprocess.run(
        [*command, path.as_uri()], capture_output=True, check=True, timeout=120, encoding="utf-8"
    )
    return done.stdout


def tried(path: Path, script: str) -> str:
    """Run a script in a page; return what it puts down as found."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    path.write_text(text.replace("</body>", f"<script>{script}</script></body>"), encoding="utf-8")
    found = re.search(r'<pre id="found">(.*?)</pre>', opened(path), re.DOTALL)
    assert found
    return html.unescape(found[1])


def test_a_browser_draws_every_row_and_runs_no_name(tmp_path: Path) -> None:
    """Every row is drawn, the script's policy lets it run, and a hostile name stays a name."""
    document = opened(page(tmp_path))

    assert document.count("<article") == 8
    assert "<img" not in document
    assert "<title>hurt" not in document
    assert f"Attacker {html.escape(ATTACK, quote=False)} Bank</h3>" in document


def test_filters_show_the_rows_that_they_name(tmp_path: Path) -> None:
    """Each filter leaves the rows that it is meant to leave."""
    found = tried(page(tmp_path), TRIAL.replace("CHOICES", json.dumps(CHOICES)))

    shown = dict(zip([choice[:2] for choice in CHOICES], json.loads(found), strict=True))
    assert shown == {choice[:2]: choice[2] for choice in CHOICES}


def test_an_analyst_clears_hits_in_the_page(tmp_path: Path) -> None:
    """What is saved from the page is taken by the store, and clears that very hit alone."""
    saved = tmp_path / "cleared.json"
    saved.write_text(tried(page(tmp_path), DESK), encoding="utf-8")

    (said,), undecided = read(saved)
    cleared = Clearances([said])
    born = PartialDate.of(1960, 1, 1)
    who = Counterparty(name="Ivan Petrov", kind="person", date_of_birth=born, reference="a")
    results = [
        cleared.apply(SCREENER.screen(each)) for each in (who, who.model_copy(update={"name": "I"}))
    ]

    assert (said.author, said.reason, said.party_name, undecided) == (
        *("A. Meyer", "=a namesake", "Ivan Petrov"),
        0,
    )
    assert [len(each.cleared) for each in results] == [1, 0]
