"use strict";
// Draws statements about time: bars on one logarithmic axis, whose ends are the ends that are named, and the band in which two of them clash.
// Stances differ by colour and by pattern.

const UNITS = [[8760, "y"], [720, "mo"], [168, "wk"], [24, "d"], [1, "h"]];
function hours(n) {
  if (n === 0) return "0";
  const unit = UNITS.find(([u]) => n >= u && n % u === 0) || UNITS.find(([u]) => n >= u) || [1 / 60, "min"];
  return `${Math.round((n / unit[0]) * 10) / 10} ${unit[1]}`;
}

/** Of each stance the word before its bars, its colour, and what the legend says. */
const KINDS = {
  forbid: { word: "not", colour: "--ban", legend: "slanted lines: not allowed" },
  permit: { word: "may", colour: "--leave", legend: "full: allowed" },
  require: { word: "must", colour: "--duty", legend: "upright lines: to be done" },
  value: { word: "is", colour: "--fact", legend: "dots: how it is" },
};
/** What is no stretch of time after an event. */
const BESIDE = ["rate", "dose", "age", "count"];
let drawn = 0;

const isDrawn = (claim) => claim.from_hours !== null && !BESIDE.includes(claim.slot);
/** From when until when a statement surely holds. */
const stretch = (claim) => [claim.from_hours, claim.certain_to_hours ?? claim.to_hours ?? Infinity];

/** The patterns of stances under names of their own. */
function patterns(id) {
  const colour = (kind) => `fill:var(${KINDS[kind].colour})`;
  const pattern = (kind, attributes, shape) => make("pattern", { id: `${id}-${kind}`, width: 6, height: 6, patternUnits: "userSpaceOnUse", ...attributes }, shape);
  return make("defs", {},
    pattern("forbid", { patternTransform: "rotate(45)" }, make("rect", { width: 3, height: 6, style: colour("forbid") })),
    pattern("require", {}, make("rect", { width: 3, height: 6, style: colour("require") })),
    pattern("value", {}, make("circle", { cx: 3, cy: 3, r: 1.6, style: colour("value") })));
}

function painted(id, kind) {
  const colour = `var(${KINDS[kind].colour})`;
  return `fill:${kind === "permit" ? colour : `url(#${id}-${kind})`};stroke:${colour}`;
}

/** Those of some statements that cannot both hold: a ban and each leave; without a ban the first one and each other. */
function pairs(claims) {
  const bans = claims.filter((claim) => claim.kind === "forbid");
  const others = claims.filter((claim) => claim.kind !== "forbid");
  if (bans.length && others.length) return bans.flatMap((ban) => others.map((other) => [ban, other]));
  return claims.slice(1).map((other) => [claims[0], other]);
}

/** Where two statements clash: a ban and leave where both hold, others where one holds already or still and the other does not. */
function clash(a, b) {
  const [[from, to], [start, end]] = [stretch(a), stretch(b)];
  const both = [Math.max(from, start), Math.min(to, end)];
  if ((a.kind === "forbid") !== (b.kind === "forbid")) return both[0] < both[1] ? both : null;
  if (from !== start) return [Math.min(from, start), Math.max(from, start)];
  return to === end ? null : [Math.min(to, end), Math.max(to, end)];
}

/** Statements that clash next to each other and first, the others behind them as they were. */
function together(rows, couples) {
  const group = new Map(rows.map((row) => [row, new Set([row])]));
  for (const [a, b] of couples) {
    const joined = new Set([...group.get(a), ...group.get(b)]);
    for (const row of joined) group.set(row, joined);
  }
  const first = new Set(rows.filter((row) => group.get(row).size > 1).flatMap((row) => rows.filter((other) => group.get(row).has(other))));
  return [...first, ...rows.filter((row) => !first.has(row))];
}

const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** A text in at most so many lines of so many letters. */
function folded(text, letters, lines) {
  const at = text.length > letters ? text.lastIndexOf(" ", letters) : -1;
  if (lines === 1 || at < 1) return [cut(text, letters)];
  return [text.slice(0, at), ...folded(text.slice(at + 1), letters, lines - 1)];
}

/**
 * Statements on one axis. `pairs` are those that clash; `width` is that of the place to draw in, in pixels. With `links`, each statement has
 * its `link` and its `remark` shown.
 */
function axis(claims, { pairs: asked = [], width = 520, links = false } = {}) {
  const known = claims.filter(isDrawn);
  if (known.length < (links ? 1 : 2)) return null;
  const couples = asked.filter((couple) => couple.every((claim) => known.includes(claim)));
  const rows = together(known, couples);
  const [left, right] = [44, Math.min(90, width / 6)];
  // Letters are taken to be wide: what runs out of the picture is lost.
  const letters = Math.floor((width - left) / (links ? 6.9 : 6.4));
  const quotes = rows.map((c) => folded(`“${c.text}”`, letters, links ? 3 : 1));
  const tops = [0];
  for (const lines of quotes) tops.push(tops.at(-1) + 31 + 15 * (links ? lines.length + 1 : 1));
  const height = tops.at(-1) + 44;
  const ends = [...new Set(rows.flatMap((c) => [c.from_hours, c.to_hours, c.certain_to_hours]).filter((n) => n !== null && n >= 0))].sort((a, b) => a - b);
  const [longest, unit] = [Math.max(...ends, 1 / 60), ends.find((n) => n > 0) || 1];
  const x = (n) => (n === Infinity ? width - 8 : left + ((width - left - right) * Math.log(1 + Math.max(0, n) / unit)) / Math.log(1 + longest / unit));
  const id = `axis${drawn++}`;
  const said = rows.map((c) => `${KINDS[c.kind].word} from ${hours(c.from_hours)}${stretch(c)[1] === Infinity ? " on" : ` to ${hours(stretch(c)[1])}`}: ${c.text}`).join("; ");
  // A picture has one text for those who do not see it; where it holds links, these are the text.
  const told = links ? { role: "group", "aria-label": "Time axis" } : { role: "img", "aria-label": `Time axis. ${said}` };
  const svg = make("svg", { class: "axis", viewBox: `0 0 ${width} ${height}`, style: `max-width:${links ? width : 760}px`, ...told }, patterns(id));
  const bands = new Set();
  for (const couple of couples) {
    const [band, places] = [clash(...couple), couple.map((claim) => rows.indexOf(claim)).sort((a, b) => a - b)];
    const [key, top] = [`${band} ${places}`, tops[places[0]]];
    if (!band || bands.has(key)) continue;
    bands.add(key);
    svg.append(make("rect", { class: "band", x: x(band[0]), y: top, width: Math.max(3, x(band[1]) - x(band[0])), height: tops[places[1] + 1] - top }, make("title", {}, "here the two clash")));
  }
  rows.forEach((c, i) => {
    const y = tops[i] + 8;
    const [from, to] = [x(c.from_hours), stretch(c)[1]];
    const end = to === Infinity ? width - 14 : Math.max(x(to), from + 3);
    const colour = `var(${KINDS[c.kind].colour})`;
    svg.append(make("text", { x: 0, y: y + 13 }, KINDS[c.kind].word), make("rect", { class: "bar-of-time", x: from, y, width: Math.max(3, end - from), height: 16, style: painted(id, c.kind) }));
    if (to === Infinity) svg.append(make("path", { d: `M${end} ${y} l10 8 l-10 8 z`, style: `fill:${colour}` }));
    if (c.to_hours !== null && c.certain_to_hours !== null && c.to_hours > c.certain_to_hours) {
      svg.append(make("rect", { x: end, y: y + 4, width: x(c.to_hours) - end, height: 8, style: `fill:none;stroke:${colour};stroke-dasharray:3 2` }));
    }
    const quote = quotes[i].map((line, n) => make("text", { class: links ? "go" : "quiet", x: left, y: y + 31 + 15 * n }, line + (n + 1 < quotes[i].length ? " " : "")));
    if (!links) return svg.append(...quote);
    svg.append(make("svg:a", { href: c.link }, quote), make("text", { class: "quiet", x: left, y: y + 31 + 15 * quote.length }, cut(c.remark, letters)));
  });
  const base = height - 32;
  svg.append(make("line", { x1: left, x2: width - 8, y1: base, y2: base }));
  let used = -1;
  for (const end of ends) {
    svg.append(make("line", { x1: x(end), x2: x(end), y1: base - 4, y2: base + 4 }));
    if (x(end) > used) { svg.append(make("text", { x: x(end), y: base + 18, "text-anchor": "middle" }, hours(end))); used = x(end) + 46; }
  }
  return make("div", {}, svg, legend(rows, bands.size));
}

/** What the picture above shows, with a sample of each. */
function legend(rows, bands) {
  const item = (shape, text) => make("li", {}, make("svg", { class: "sample", viewBox: "0 0 26 12", "aria-hidden": "true" }, shape), text);
  const id = `axis${drawn++}`;
  const shown = Object.keys(KINDS).filter((kind) => rows.some((c) => c.kind === kind));
  const perhaps = rows.some((c) => c.to_hours !== null && c.certain_to_hours !== null && c.to_hours > c.certain_to_hours);
  return make("ul", { class: "legend" },
    shown.map((kind) => item([patterns(`${id}${kind}`), make("rect", { x: 1, y: 1, width: 24, height: 10, style: painted(`${id}${kind}`, kind) })], KINDS[kind].legend)),
    perhaps ? item(make("rect", { x: 1, y: 2, width: 24, height: 8, style: "fill:none;stroke:var(--soft);stroke-dasharray:3 2" }), "dashed: perhaps so") : null,
    rows.some((c) => stretch(c)[1] === Infinity) ? item(make("path", { d: "M8 1 l10 5 l-10 5 z", style: "fill:var(--soft)" }), "arrow: from then on") : null,
    bands ? item(make("rect", { class: "band", width: 26, height: 12 }), "shaded: here the two clash") : null);
}

const timesRead = new Map();

/** All that an article says about time, if it is part of the report: as findings say it, with an id and a link each. */
function timesOf(path) {
  if (!timesRead.has(path)) {
    const [text, said] = [data.texts[path] ?? "", data.times[path] ?? []];
    const at = offsets(text, said.flatMap((c) => c.span));
    const line = (offset) => text.slice(0, offset).split("\n").length;
    const inHours = (seconds) => (seconds === undefined ? null : seconds / 3600);
    timesRead.set(path, said.map((c, i) => {
      const [start, end] = c.span.map((byte) => at.get(byte));
      const event = c.event ? [`${c.before ? "before" : "after"} ${c.event}`] : [];
      return {
        id: `t-${i + 1}`, link: `#${encodeURIComponent(path)}/t-${i + 1}`, span: { start: c.span[0], end: c.span[1] }, text: c.text ?? text.slice(start, end),
        kind: c.kind, slot: c.slot, before: c.before ?? false, from_hours: inHours(c.from), to_hours: inHours(c.to), certain_to_hours: inHours(c.sure),
        remark: [`line ${line(start)}`, ...(c.about ? [c.about] : []), ...event].join(" · "),
      };
    }));
  }
  return timesRead.get(path);
}

const unfolded = new Set();

/** The section of an article on what it says about time; drawn when somebody opens it, as wide as there is room. */
function times(path) {
  const claims = timesOf(path);
  if (!claims.length) return null;
  const key = (c) => [c.span.start, c.span.end, c.kind, c.slot, c.from_hours].join();
  const known = new Map(claims.map((c) => [key(c), c]));
  const couples = articles.get(path).flatMap((finding) => pairs((finding.data.claims ?? []).map((c) => known.get(key(c))).filter(Boolean)));
  const [before, after] = [claims.filter((c) => isDrawn(c) && c.before), claims.filter((c) => isDrawn(c) && !c.before)];
  const beside = claims.filter((c) => !isDrawn(c));
  const body = make("div", {});
  const open = (event) => {
    if (!event.target.open) return unfolded.delete(path);
    unfolded.add(path);
    const options = { pairs: couples, width: Math.min(880, Math.max(280, body.clientWidth)), links: true };
    const part = (title, content) => (content ? [make("h3", {}, title), content] : []);
    const quotes = beside.length ? make("ul", {}, beside.map((c) => make("li", {}, make("a", { href: c.link }, `“${c.text}”`), make("span", { class: "soft" }, ` ${c.remark}`)))) : null;
    body.replaceChildren(
      ...part(before.length ? "From the event on" : "", axis(after, options)).filter((element) => element.textContent),
      ...part("Before the event, counted back from it", axis(before, options)),
      ...part("How often, how much, at what age", quotes));
  };
  return make("details", { class: "times", ontoggle: open, open: unfolded.has(path) ? "" : null }, make("summary", {}, `What the article says about time: ${plural(claims.length, "statement")}`), body);
}
