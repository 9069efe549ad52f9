"use strict";
// Names come from anywhere, so text reaches the page as text nodes alone, never as markup.
(() => {
  const STEP = 40;
  const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;
  const at = (id) => document.getElementById(id);
  const words = (code) => (code || "unknown").replaceAll("_", " ");
  const count = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
  const seen = (text) =>
    String(text).replace(HIDDEN, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

  function make(tag, name, ...children) {
    const node = document.createElement(tag);
    if (name) node.className = name;
    node.append(...children.filter(Boolean).map((child) =>
      typeof child === "object" ? child : seen(child)));
    return node;
  }

  // A name keeps its own direction and does not turn that of its neighbours.
  function name(tag, text, style) {
    const node = make(tag, style, text);
    node.dir = "auto";
    return node;
  }

  const rows = [];
  const parties = new Map();
  for (const line of at("data").textContent.split("\n")) {
    if (!line.trim()) continue;
    const item = JSON.parse(line);
    if (item.party) parties.set(item.party.id, item.party);
    else rows.push(item.row);
  }
  for (const row of rows) {
    row.all = [...row.hits, ...row.cleared, ...row.aside];
    row.score = Math.max(0, ...row.all.map((hit) => hit.score));
    row.parties = row.all.map((hit) => parties.get(hit.party));
    row.text = [row.name, row.reference, row.reason, row.row, ...(row.countries || []), ...(row.identifiers || []),
      ...row.all.map((hit) => hit.matched),
      ...row.parties.flatMap((party) => [party.id, party.name, ...party.names, ...party.identifiers, ...party.sources.flatMap((s) => s[3])]),
    ].join("\n").toLocaleLowerCase();
  }

  const isClear = (row) => row.decision === "clear";
  const kinds = (row) => row.all.length ? row.parties.map((party) => party.kind) : [row.kind || "unknown"];
  const lists = (row) => row.parties.flatMap((party) => party.sources.map((source) => source[0]));
  const statuses = (row) => row.parties.map((party) => party.status);
  const regions = (row) => row.regions;
  const FILTERS = { decision: (row) => [row.decision], kind: kinds, list: lists, status: statuses, region: regions };
  const ONLY = {
    open: (row) => row.hits.length ? row.hits.some((hit) => !said.has(hit)) : !isClear(row),
    faulty: (row) => row.faulty, aside: (row) => row.aside.length, cleared: (row) => row.cleared.length,
    regions: (row) => row.regions.length,
  };
  const ORDERS = {
    score: (a, b) => isClear(a) - isClear(b) || b.score - a.score || a.row - b.row,
    file: (a, b) => a.row - b.row,
    party: (a, b) => first(a).localeCompare(first(b), "en") || b.score - a.score || a.row - b.row,
  };
  const first = (row) => row.parties.length ? row.parties[0].name : "";

  function fill(select, label, values) {
    const counts = new Map();
    for (const found of values) for (const value of new Set(found)) counts.set(value, (counts.get(value) || 0) + 1);
    select.append(new Option(label, ""));
    for (const [value, rowsOf] of [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)))
      select.append(new Option(`${seen(words(value))} (${rowsOf.toLocaleString("en")})`, value));
  }

  function side(list, style) {
    const text = list.map((word) => word[0]).join(" ");
    const node = text ? name("span", text, style) : make("span", `${style} none`, "–");
    node.prepend(make("span", "unseen", style === "ours" ? "in the row: " : "listed: "));
    return node;
  }

  function details(cell) {
    const facts = [...cell.left, ...cell.right].map(([origin, text, kind, weight]) =>
      `${seen(origin)}${text === origin ? "" : ` = ${seen(text)}`}: ${kind} word, weight ${weight.toFixed(2)}`);
    if (cell.similarity !== undefined) facts.push(`similarity ${cell.similarity.toFixed(2)}`);
    return [...new Set(facts)];
  }

  function wordCell(cell) {
    const like = cell.similarity !== undefined && cell.similarity < 1 ? ` ${cell.similarity.toFixed(2)}` : "";
    const tip = make("span", "tip");
    tip.append(...details(cell).flatMap((fact, place) => place ? [make("br"), fact] : [fact]));
    tip.setAttribute("role", "tooltip");
    const node = make("li", `word ${cell.tone}`, side(cell.left, "ours"), side(cell.right, "theirs"),
      make("span", "how", cell.verdict + like), tip, make("span", "unseen", `(${details(cell).join("; ")})`));
    tip.setAttribute("aria-hidden", "true");
    node.tabIndex = 0;
    return node;
  }

  function wordList(hit) {
    const sides = make("li", "sides", make("span", "", "row"), make("span", "", "listed"));
    sides.setAttribute("aria-hidden", "true");
    const list = make("ol", "words", sides, ...hit.words.map(wordCell));
    list.setAttribute("aria-label", "The two names, word against word");
    return list;
  }

  function factList(hit) {
    return hit.facts.length && make("ul", "facts", ...hit.facts.map(([fact, points, said]) =>
      make("li", points > 0 || ["identifier", "account"].includes(fact) ? "for" : points < 0 ? "against" : "",
        `${words(fact)}: ${said} `, points ? make("b", "", `${points > 0 ? "+" : "−"}${Math.abs(points)}`) : "")));
  }

  function sum(hit) {
    const terms = hit.sum.map(([term, weight, cost]) =>
      `${term} ${weight.toFixed(2)}${cost === 1 ? "" : ` × ${+cost.toFixed(2)}`}`);
    const how = hit.sum.length ? terms.join(", ") : "equal after normalisation";
    const moved = hit.score === hit.name_score ? "" : `, ${hit.score.toFixed(1)} with the facts`;
    return make("p", "sum", `Names ${hit.name_score.toFixed(1)} (${how})${moved}`);
  }

  function record(party) {
    const lines = [
      ...party.sources.map(([source, status, day, programmes]) =>
        [source, words(status), day && `since ${day}`, programmes.join(", ")].filter(Boolean).join(" · ")),
      party.born.length && `born ${party.born.join("; ")}`,
      party.countries.length && `countries ${party.countries.join(", ")}`,
      party.positions.length && party.positions.join("; "),
      party.identifiers.length && party.identifiers.join("; "),
      party.addresses.length && `at ${party.addresses.join("; ")}`,
      party.names.length && `also ${party.names.join("; ")}`,
    ];
    const box = make("details", "listed", make("summary", "", "The listed party"));
    box.open = matchMedia("(min-width: 64rem)").matches;
    box.append(...lines.filter(Boolean).map((line) => name("p", line, "about")));
    return box;
  }

  const ASIDE = "Set aside: the name is a hit, another fact speaks against it.";

  // What an analyst says here stays in the page until it is saved as a file for the store.
  const said = new Map();
  let unsaved = false;
  const inDays = (days) => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);

  function labelled(label, input, type, value) {
    Object.assign(input, { type, value, required: true });
    return make("label", "", label, input);
  }

  function button(label, act) {
    const node = make("button", "", label);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  }

  function decide(row, hit) {
    const box = make("form", "decide");
    const idle = () => said.has(hit)
      ? box.replaceChildren(name("p", `No match, until ${said.get(hit).expires}: ${said.get(hit).reason}`, "why"), button("Undo", undo))
      : box.replaceChildren(button("Not a match …", ask));
    const undo = () => { said.delete(hit); unsaved = true; tell(); idle(); };
    function ask() {
      const reason = Object.assign(make("input"), { maxLength: 2000, placeholder: "born 1990, the listed one 1951" });
      const until = Object.assign(make("input"), { min: inDays(1), max: inDays(3650) });
      box.replaceChildren(labelled("Why is it no match?", reason, "text", ""), labelled("until", until, "date", inDays(365)),
        make("button", "", "Not a match"), button("Cancel", idle));
      box.onsubmit = (event) => {
        event.preventDefault();
        if (!reason.value.trim()) return reason.focus();
        said.set(hit, { row, decided_at: new Date().toISOString(), reason: reason.value.trim(), expires: until.value });
        unsaved = true;
        tell();
        idle();
      };
      reason.focus();
    }
    idle();
    return box;
  }

  function tell() {
    at("desk").hidden = !said.size;
    at("said").textContent = `${count(said.size, "hit is", "hits are")} no match${unsaved ? ", not saved yet" : ", saved"}.`;
  }

  function clearances() {
    const short = (text) => [...text].slice(0, 200).join("");
    return [...said].map(([hit, { row, ...word }]) => ({
      action: "clear", counterparty: row.digest, party: hit.party, entry: parties.get(hit.party).digest,
      matched_name: hit.matched, author: at("author").value.trim(), ...word,
      name: short(row.name), reference: row.reference || null, party_name: short(parties.get(hit.party).name),
    }));
  }

  function save(event) {
    event.preventDefault();
    if (!at("author").value.trim()) return at("author").focus();
    const link = make("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(clearances(), null, 1)], { type: "application/json" }));
    link.download = `cleared-${new Date().toISOString().slice(0, 16).replace(/[-:]/g, "")}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    unsaved = false;
    tell();
  }

  function hitView(row, hit, why) {
    const party = parties.get(hit.party);
    const bar = make("i");
    bar.style.setProperty("--score", hit.score);
    const score = make("div", "score", make("b", "", hit.score.toFixed(1)), bar);
    const about = [party.kind, words(party.status), party.id].join(" · ");
    return make("section", `hit ${why ? "aside" : hit.review ? "review" : "match"}`, score,
      make("div", "",
        name("h4", party.name),
        make("p", "about", about),
        hit.matched !== party.name && make("p", "about", "listed also as ", name("b", hit.matched)),
        why && name("p", why, "why"),
        wordList(hit), factList(hit), sum(hit), !why && decide(row, hit)), record(party));
  }

  function card(row) {
    const about = [row.kind, row.born && `born ${row.born}`, row.gender,
      (row.countries || []).join(", "), (row.identifiers || []).join(", ")];
    const node = make("article", `card ${row.decision}`,
      make("header", "", make("span", `badge ${row.decision}`, row.decision), make("span", "", `row ${row.row}`),
        row.reference && make("bdi", "", row.reference),
        make("span", "", row.hits.length > 1 ? count(row.hits.length, "hit", "hits") : "")),
      name("h3", row.name || "(no name)"),
      make("p", "about", about.filter(Boolean).join(" · ")),
      row.reason && name("p", row.reason, "why"),
      ...row.hits.map((hit) => hitView(row, hit, "")), ...row.cleared.map((hit) => hitView(row, hit, hit.cleared)),
      ...row.aside.map((hit) => hitView(row, hit, ASIDE)),
      row.unshown && make("p", "doubt", `${row.unshown} more hits of this row are in the JSON record only.`));
    node.tabIndex = -1;
    return node;
  }

  let chosen = [];
  let drawn = 0;
  let sizes = new Map();

  function draw(upTo) {
    const grouped = at("order").value === "party";
    for (const end = Math.min(upTo, chosen.length); drawn < end; drawn += 1) {
      const row = chosen[drawn];
      if (grouped && (drawn === 0 || first(row) !== first(chosen[drawn - 1]))) {
        const size = ` · ${count(sizes.get(first(row)), "row", "rows")}`;
        at("cards").append(make("h3", "group", name("bdi", first(row) || "No hit"), size));
      }
      at("cards").append(card(row));
    }
    at("more").hidden = drawn === chosen.length;
    at("more").textContent = `Show more (${(chosen.length - drawn).toLocaleString("en")} left)`;
  }

  function choose() {
    const needle = at("search").value.toLocaleLowerCase().trim();
    const least = Number(at("least").value);
    const only = at("only").value;
    at("least-shown").value = least;
    chosen = rows.filter((row) =>
      (!needle || row.text.includes(needle)) && (!least || row.score >= least) &&
      (!only || ONLY[only](row)) &&
      Object.entries(FILTERS).every(([id, of]) => !at(id).value || of(row).includes(at(id).value)));
    chosen.sort(ORDERS[at("order").value]);
    sizes = new Map();
    for (const row of chosen) sizes.set(first(row), (sizes.get(first(row)) || 0) + 1);
    const clear = chosen.filter(isClear).length;
    at("count").textContent = `${chosen.length.toLocaleString("en")} of ${count(rows.length, "row", "rows")}` +
      (clear ? `; ${clear.toLocaleString("en")} of them clear, with a hit set aside or cleared` : "");
    at("cards").replaceChildren();
    drawn = 0;
    if (!chosen.length) at("cards").append(make("p", "nothing", rows.length ? "No row fits these filters." : "Nothing to review."));
    draw(STEP);
  }

  function show(what) {
    at("filters").reset();
    const [id, value] = what.split(":");
    at(value ? id : "only").value = value || id;
    choose();
    at("review").scrollIntoView();
  }

  function step(by) {
    const cards = [...document.querySelectorAll(".card")];
    const here = cards.indexOf(document.activeElement && document.activeElement.closest(".card"));
    const next = cards[Math.max(0, here + by)];
    if (next) next.focus();
  }

  fill(at("decision"), "all", rows.map(FILTERS.decision));
  fill(at("kind"), "all", rows.map(kinds));
  fill(at("list"), "all", rows.map(lists));
  fill(at("status"), "all", rows.map(statuses));
  fill(at("region"), "all", rows.map(regions));
  const named = rows.some((row) => row.regions.length);
  at("regions").hidden = !named;
  at("filters").classList.toggle("wider", named);
  at("filters").hidden = !rows.length;
  document.querySelector(".legend").hidden = !rows.length;
  at("filters").addEventListener("input", choose);
  at("filters").addEventListener("submit", (event) => event.preventDefault());
  at("filters").addEventListener("reset", () => setTimeout(choose));
  at("desk").addEventListener("submit", save);
  window.addEventListener("beforeunload", (event) => { if (unsaved && said.size) event.preventDefault(); });
  at("more").addEventListener("click", () => draw(drawn + STEP));
  for (const tile of document.querySelectorAll("[data-shows]")) tile.addEventListener("click", () => show(tile.dataset.shows));
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
    if (event.key === "n") {
      const form = document.activeElement.closest(".card")?.querySelector(".decide button:only-child");
      if (form) { event.preventDefault(); form.click(); }
    }
    if (event.key === "/") { event.preventDefault(); at("search").focus(); }
  });
  window.addEventListener("beforeprint", () => {
    draw(chosen.length);
    for (const box of document.querySelectorAll("details:not([open])")) {
      box.open = true;
      window.addEventListener("afterprint", () => { box.open = false; }, { once: true });
    }
  });
  choose();
})();
