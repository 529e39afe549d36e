"use strict";
// Draws the report. Text of articles goes into the page as text nodes and attributes only, never as HTML.
const data = JSON.parse(document.getElementById("data").textContent);
const main = document.getElementById("main");
const SEVERITIES = ["error", "warning", "info"];
const MOST_ROWS = 200;

/** An element with attributes and children; strings become text. Of a name that HTML and SVG share, `svg:a` is the one of SVG. */
function make(name, attributes = {}, ...children) {
  const drawn = name.startsWith("svg:") || make.SVG.has(name);
  const element = drawn ? document.createElementNS("http://www.w3.org/2000/svg", name.replace("svg:", "")) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== null) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== null));
  return element;
}
make.SVG = new Set(["svg", "g", "rect", "line", "circle", "text", "path", "title", "defs", "pattern", "desc"]);

const articles = new Map();
const seen = new Map();
for (const finding of data.findings) {
  // Equal findings of one article share a fingerprint; links tell them apart by number.
  const key = `${finding.path} ${finding.fingerprint}`;
  const times = seen.get(key) || 0;
  seen.set(key, times + 1);
  finding.id = times ? `${finding.fingerprint}.${times + 1}` : finding.fingerprint;
  if (!articles.has(finding.path)) articles.set(finding.path, []);
  articles.get(finding.path).push(finding);
}
const folderOf = (path) => path.split("/").slice(0, -1).join("/") || ".";
const words = new Map(data.findings.map((f) => [f, [f.path, f.rule, f.message, f.text, ...f.notes].join(" ").toLowerCase()]));
const count = (findings, severity) => findings.filter((f) => f.severity === severity).length;
const plural = (n, word) => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;
const place = (finding) => `#${encodeURIComponent(finding.path)}/${finding.id}`;

const form = document.getElementById("filters");
const filters = () => ({
  search: document.getElementById("search").value.trim().toLowerCase(),
  rule: document.getElementById("rule").value,
  folder: document.getElementById("folder").value,
  severities: new Set([...form.querySelectorAll("[name=severity]:checked")].map((box) => box.value)),
});

function fits(finding, filter) {
  return filter.severities.has(finding.severity)
    && (!filter.rule || finding.rule === filter.rule)
    && (!filter.folder || folderOf(finding.path) === filter.folder || finding.path.startsWith(filter.folder + "/"))
    && (!filter.search || words.get(finding).includes(filter.search));
}

function fill(select, values) {
  for (const value of values) select.append(make("option", { value }, value));
}

function tally(findings, key) {
  const counts = new Map();
  for (const finding of findings) counts.set(key(finding), (counts.get(key(finding)) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/** The share of an article that stands elsewhere too, in percent. */
function copied(path) {
  const spans = [];
  for (const finding of articles.get(path) || []) {
    for (const match of (finding.data.matches || []).slice(1)) if (match.path === path) spans.push([match.span.start, match.span.end]);
  }
  spans.sort((a, b) => a[0] - b[0]);
  let [sum, end] = [0, 0];
  for (const [from, to] of spans) { sum += Math.max(0, to - Math.max(from, end)); end = Math.max(end, to); }
  const size = new TextEncoder().encode(data.texts[path] || "").length;
  return size ? Math.round((100 * sum) / size) : 0;
}

function bars(title, counts, link) {
  const most = Math.max(1, ...counts.map(([, n]) => n));
  const row = ([name, n]) => make("tr", {},
    make("td", { class: "path" }, link ? make("a", { href: "#", onclick: (event) => { event.preventDefault(); link(name); } }, name) : name),
    make("td", { class: "number" }, n.toLocaleString("en")),
    make("td", { style: "width:35%" }, make("span", { class: "bar", style: `width:${(100 * n) / most}%` })));
  return make("section", {}, make("h3", {}, title),
    make("table", {}, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "name"), make("th", { class: "number", scope: "col" }, "findings"), make("th", { scope: "col" }, make("span", { class: "unseen" }, "share")))),
      make("tbody", {}, counts.slice(0, 40).map(row))));
}

function overview(found) {
  const byArticle = new Map();
  for (const finding of found) byArticle.set(finding.path, [...(byArticle.get(finding.path) || []), finding]);
  const weight = (findings) => 1e6 * count(findings, "error") + 1e3 * count(findings, "warning") + findings.length;
  const worst = [...byArticle].sort((a, b) => weight(b[1]) - weight(a[1]) || (a[0] < b[0] ? -1 : 1));
  const number = (n) => make("td", { class: "number" }, n ? String(n) : "–");
  const row = ([path, findings]) => make("tr", {},
    make("td", { class: "path" }, make("a", { href: "#" + encodeURIComponent(path) }, path)),
    ...SEVERITIES.map((severity) => number(count(findings, severity))),
    make("td", { class: "number share" }, copied(path) ? `${copied(path)} %` : "–"));
  const set = (id) => (value) => { document.getElementById(id).value = value; draw(); };
  const head = (name, extra = "") => make("th", { class: "number" + extra, scope: "col" }, name);
  const families = found.filter((finding) => finding.rule === "duplicate/copied-article");
  return [
    make("h2", {}, found.length ? `${plural(found.length, "finding")} in ${plural(worst.length, "article")}` : "Nothing found"),
    make("section", {}, make("h3", {}, "Articles, the worst first"),
      make("table", {}, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "article"), head("errors"), head("warnings"), head("infos"), head("told twice", " share"))),
        make("tbody", {}, worst.slice(0, MOST_ROWS).map(row))),
      worst.length > MOST_ROWS ? make("p", { class: "soft" }, `${plural(worst.length - MOST_ROWS, "more article")}: narrow the filter to see them.`) : null),
    make("div", { class: "grid" }, bars("By rule", tally(found, (f) => f.rule), set("rule")), bars("By folder", tally(found, (f) => folderOf(f.path)), set("folder"))),
    families.length ? make("section", {}, make("h3", {}, "Pages that are copies of each other"), make("ul", { class: "list" }, families.map((f) => card(f)))) : null,
  ];
}

/** Turns byte offsets into offsets of a string. */
function offsets(text, bytes) {
  const wanted = [...new Set(bytes)].sort((a, b) => a - b);
  const found = new Map();
  let [byte, next] = [0, 0];
  for (let at = 0; at <= text.length && next < wanted.length;) {
    while (next < wanted.length && wanted[next] <= byte) found.set(wanted[next++], at);
    const code = text.codePointAt(at);
    if (code === undefined) break;
    byte += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    at += code > 0xffff ? 2 : 1;
  }
  while (next < wanted.length) found.set(wanted[next++], text.length);
  return found;
}

function slice(path, span) {
  const text = data.texts[path];
  if (text === undefined) return null;
  const at = offsets(text, [span.start, span.end]);
  return text.slice(at.get(span.start), at.get(span.end));
}

/** The text of an article with its findings marked. */
function marked(path, findings) {
  const text = data.texts[path] ?? "";
  const marks = [];
  for (const finding of findings) {
    marks.push({ ...finding.span, finding, role: finding.severity });
    for (const label of finding.labels) if (label.path === path) marks.push({ ...label.span, finding, role: "twin" });
  }
  for (const claim of timesOf(path)) marks.push({ ...claim.span, claim: claim.id });
  const at = offsets(text, marks.flatMap((m) => [m.start, m.end]));
  for (const mark of marks) [mark.start, mark.end] = [at.get(mark.start), at.get(mark.end)];
  const edges = [...new Set([0, text.length, ...marks.flatMap((m) => [m.start, m.end])])].sort((a, b) => a - b);
  const order = (m) => (m.finding ? SEVERITIES.indexOf(m.role) >>> 0 : Infinity);
  const pieces = [];
  marks.sort((a, b) => a.start - b.start);
  for (let i = 0; i + 1 < edges.length; i++) {
    const [start, end] = [edges[i], edges[i + 1]];
    const over = marks.filter((m) => m.start <= start && end <= m.end);
    const piece = text.slice(start, end);
    if (!over.length) { pieces.push(piece); continue; }
    const top = over.reduce((a, b) => (order(b) < order(a) ? b : a));
    const claims = over.map((m) => m.claim).filter(Boolean).join(" ") || null;
    if (!top.finding) { pieces.push(make("span", { class: "said", "data-claim": claims }, piece)); continue; }
    pieces.push(make("mark", { class: top.role, "data-claim": claims, "data-finding": top.finding.id, title: `${top.finding.rule}: ${top.finding.message}`, onclick: () => { location.hash = place(top.finding); } }, piece));
  }
  return make("div", { class: "text" }, pieces);
}

/** Two texts word by word, what differs struck out and underlined. */
function differences(a, b) {
  const [x, y] = [a.split(/(\s+)/), b.split(/(\s+)/)].map((w) => w.slice(0, 900));
  const table = Array.from({ length: x.length + 1 }, () => new Uint16Array(y.length + 1));
  for (let i = x.length - 1; i >= 0; i--) for (let j = y.length - 1; j >= 0; j--) {
    table[i][j] = x[i] === y[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
  }
  const [left, right] = [make("div", {}), make("div", {})];
  for (let i = 0, j = 0; i < x.length || j < y.length;) {
    if (i < x.length && j < y.length && x[i] === y[j]) { left.append(x[i++]); right.append(y[j++]); }
    else if (j >= y.length || (i < x.length && table[i + 1][j] >= table[i][j + 1])) left.append(make("del", {}, x[i++]));
    else right.append(make("ins", {}, y[j++]));
  }
  return [left, right];
}

/** Both tellings, compared when somebody opens them. */
function sides(finding) {
  const pair = make("div", { class: "pair" });
  const open = () => {
    const [a, b] = finding.data.matches.slice(0, 2).map((match) => slice(match.path, match.span));
    if (!pair.hasChildNodes()) pair.append(...(a && b ? differences(a, b) : ["The other text is not part of this report."]));
  };
  return make("details", { ontoggle: open }, make("summary", {}, "Side by side"), pair);
}

function card(finding) {
  const where = (l) => make("blockquote", {}, l.text, make("span", { class: "soft" }, ` ${l.path === finding.path ? "" : l.path + ", "}line ${l.start.line}${l.message ? `: ${l.message}` : ""}`));
  return make("li", { class: `card ${finding.severity}`, id: `f${finding.id}`, "data-finding": finding.id },
    make("header", {}, make("span", { class: "pill" }, finding.severity), make("a", { href: place(finding) }, finding.rule), make("span", { class: "soft" }, `line ${finding.start.line}`)),
    make("p", {}, finding.message),
    make("blockquote", {}, finding.text),
    finding.labels.slice(0, 12).map(where),
    finding.labels.length > 12 ? make("p", { class: "soft" }, `and ${plural(finding.labels.length - 12, "more place")}`) : null,
    finding.notes.map((note) => make("p", { class: "soft" }, note)),
    finding.data.claims ? axis(finding.data.claims, { pairs: pairs(finding.data.claims) }) : null,
    (finding.data.matches || []).length > 1 ? sides(finding) : null,
    finding.fix ? make("p", { class: "soft" }, `Fix (${finding.fix.applicability}): ${finding.fix.title}`) : null);
}

function article(path, found) {
  const own = found.filter((f) => f.path === path);
  return [
    make("p", {}, make("a", { href: "#" }, "← all articles")),
    make("h2", {}, path),
    times(path),
    make("div", { class: "article" }, marked(path, own),
      make("ul", { class: "list", "aria-label": "Findings" }, own.length ? own.map(card) : make("li", { class: "soft" }, "The filter leaves no finding here."))),
  ];
}

const target = () => location.hash.slice(1).split("/").map(decodeURIComponent);
let shown = null;

function draw() {
  const [path, id] = target();
  shown = path;
  const filter = filters();
  const found = data.findings.filter((finding) => fits(finding, filter));
  main.replaceChildren(...(articles.has(path) ? article(path, found) : overview(found)).filter((part) => part !== null));
  document.title = articles.has(path) ? `${path} – medlint report` : "medlint report";
  document.getElementById("live").textContent = plural(found.length, "finding");
  select(id);
}

function select(id) {
  document.querySelectorAll(".now").forEach((element) => element.classList.remove("now"));
  if (!id) return window.scrollTo(0, 0);
  const found = document.querySelectorAll(`[data-finding="${CSS.escape(id)}"], .text [data-claim~="${CSS.escape(id)}"]`);
  found.forEach((element) => element.classList.add("now"));
  for (const element of [document.querySelector(".text .now"), document.querySelector(".card.now")]) element?.scrollIntoView({ block: "center" });
  // Whoever came by keyboard goes on from the sentence.
  if (found.length && id.startsWith("t-")) {
    found[0].setAttribute("tabindex", "-1");
    found[0].focus({ preventScroll: true });
  }
}

/** Within an article nothing is drawn anew, so that what is open stays open and the focus where it is. */
function go() {
  const [path, id] = target();
  if (path === shown && articles.has(path)) select(id); else draw();
}

function step(by) {
  const cards = [...main.querySelectorAll(".article .card")];
  if (!cards.length) return main.querySelector("td a")?.focus();
  const now = cards.findIndex((element) => element.classList.contains("now"));
  const next = cards[Math.min(cards.length - 1, Math.max(0, now < 0 ? 0 : now + by))];
  next.querySelector("header a").focus();
  location.hash = next.querySelector("header a").getAttribute("href");
}

const s = data.summary;
document.getElementById("summary").textContent = `${plural(s.files, "article")}, ${plural(s.words, "word")}: ${plural(s.errors, "error")}, ${plural(s.warnings, "warning")}, ${plural(s.infos, "info")}${s.unreadable.length ? `; ${plural(s.unreadable.length, "file")} could not be read` : ""}`;
fill(document.getElementById("rule"), [...new Set(data.findings.map((f) => f.rule))].sort());
fill(document.getElementById("folder"), [...new Set(data.findings.map((f) => folderOf(f.path)))].sort());
form.addEventListener("input", draw);
form.addEventListener("submit", (event) => event.preventDefault());
window.addEventListener("hashchange", go);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
  if (event.key === "Escape") { document.activeElement.blur(); location.hash = ""; }
  else if (!typing && event.key === "/") { event.preventDefault(); document.getElementById("search").focus(); }
  else if (!typing && event.key === "j") step(1);
  else if (!typing && event.key === "k") step(-1);
});
draw();
