// Opens the HTML report in a real browser, as a reader does: it draws, filters, searches, jumps, keeps hostile text as text, asks no
// network and gives an accessibility checker nothing serious to say. With --pictures FOLDER it also takes screenshots.
//
//   node report.mjs MEDLINT [--pictures FOLDER]      needs playwright-core and axe-core beside it and Chromium
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.cwd(), "package.json"));
const { chromium } = require("playwright-core");
const medlint = resolve(process.argv[2]);
const pictures = process.argv[3] === "--pictures" ? resolve(process.argv[4]) : null;
const work = mkdtempSync(join(tmpdir(), "medlint-report-"));

/** Writes articles and the report on them. */
function report(name, articles) {
  const folder = join(work, name);
  for (const [path, text] of Object.entries(articles)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const file = join(work, `${name}.html`);
  execFileSync(medlint, ["check", ".", "--fail-on", "never", "-o", `html=${file}`], { cwd: folder });
  return file;
}

const rest = "# Rest after a peel\n\nAvoid swimming for at least two weeks.\n\nKeep the skin dry and drink enough water.\n\nYou can swim again after three days.\n";
const paragraph = "The nurse cleans the skin with a mild solution, waits until it is dry, and then draws a thin line around the place that hurts most, so that the doctor can find it again later in the day.";
const twice = `# Before the visit\n\n${paragraph}\n\n# After the visit\n\n${paragraph.replace("mild", "warm")}\n`;
const hostile = `# <script>window.hacked = 1</script>\n\n<img src=x onerror="window.hacked = 2"> <b onmouseover="window.hacked = 3">Avoid swimming</b> for two weeks.\n\nRegarding half an hour & <i>more</i>, see http://192.0.2.7/pills for this.\n\n[</script><script>window.hacked = 4</script>](javascript:window.hacked=5)\n\nYou can swim again after three days.\n`;

const peel = `# After a chemical peel

Stop retinol one week before the peel. Do not take aspirin for three days before the peel.

The peel itself takes 30 minutes. Redness lasts three to five days.

## At home

- Avoid swimming for at least two weeks after the peel.
- Do not wear make-up for 24 to 48 hours.
- Wear sunscreen for at least six weeks.
- Apply the ointment three times a day for one week.
- You may take a shower after 12 hours.
- You can exercise again after five days.

Avoid all exercise for ten days after the peel. You can swim again after three days, and most people go back to work after one week, which their employers are usually told about well before the day of the treatment itself.
`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

/** A page on a report, with everything that it must not do written down. */
async function open(file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.troubles = [];
  page.on("console", (message) => message.type() === "error" && page.troubles.push(message.text()));
  page.on("pageerror", (error) => page.troubles.push(String(error)));
  page.on("request", (request) => request.url().startsWith("file:") || page.troubles.push(`asked for ${request.url()}`));
  await page.goto(pathToFileURL(file).href);
  return page;
}

async function accessible(page, name) {
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await page.evaluate(() => window.axe.run());
  const serious = violations.filter((v) => ["serious", "critical"].includes(v.impact));
  assert.deepEqual(serious.map((v) => `${v.id}: ${v.nodes[0].html} ${v.nodes[0].failureSummary}`), [], `${name} is accessible`);
}

/** All that the articles of some report say about time: the section is there, is opened and gone through by keyboard, and leads to the sentences. */
async function times(file, name, options) {
  const page = await open(file, options);
  await page.goto(pathToFileURL(file).href + "#peel.md");
  await page.waitForSelector("h2 >> text=peel.md");
  const section = page.locator("details.times");
  assert.equal(await section.count(), 1, "an article with a clash tells all that it says about time");
  assert.equal(await section.locator("svg").count(), 0, "nothing is drawn before somebody asks");
  assert.match(await section.locator("summary").textContent(), /about time: 1\d statements/);
  for (let i = 0; i < 30 && !(await page.evaluate(() => document.activeElement.matches(".times summary"))); i++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await section.locator("svg.axis").first().waitFor();
  assert.equal(await section.locator("svg.axis").count(), 2, "what comes before the event has an axis of its own");
  assert.equal(await section.locator(".band").count() > 1, true, "the band in which two clash is shown, and told in the legend");
  const [rows, quotes] = [await section.locator("svg.axis .bar-of-time").count(), await section.locator("a").count()];
  assert.ok(rows >= 8 && quotes > rows, `${rows} bars and ${quotes} links: each bar leads to its sentence, and so does what has no bar`);
  for (const kind of ["not", "may", "must", "is"]) assert.ok((await section.locator("svg.axis text", { hasText: new RegExp(`^${kind}$`) }).count()) > 0, `${kind} is drawn`);
  const fills = new Set(await section.locator(".bar-of-time").evaluateAll((bars) => bars.map((bar) => bar.style.fill.replace(/axis\d+-/, ""))));
  assert.deepEqual([fills.size, [...fills].filter((fill) => fill.startsWith("url(")).length], [4, 3], `four stances, of which one is full: ${[...fills]}`);
  const outside = await section.evaluate((it) => [...it.querySelectorAll("svg.axis text, svg.axis rect")].filter((e) => !e.closest("pattern") && e.getBoundingClientRect().right > it.getBoundingClientRect().right).map((e) => e.textContent || e.outerHTML));
  assert.deepEqual(outside, [], "nothing is cut off");
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), "nothing is wider than the page");
  await accessible(page, `${name}: all about time`);
  if (pictures) await section.screenshot({ path: join(pictures, `${name}.png`) });
  await picture(page, `${name}-page`);
  await page.keyboard.press("Tab");
  const quote = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".text .said.now, .text mark.now");
  assert.match(page.url(), /#peel\.md\/t-\d+$/);
  const sentence = (await page.locator(".text .now").allTextContents()).join("");
  assert.ok(sentence.includes(quote.slice(1, 20)), `“${sentence}” is what ${quote} leads to`);
  assert.equal(await page.evaluate(() => document.activeElement.closest(".text") !== null), true, "the keyboard goes on from the sentence");
  assert.equal(await section.evaluate((it) => it.open), true, "what is open stays open");
  await page.reload();
  assert.ok((await page.locator(".text .now").count()) > 0, "the link can be shared");
  assert.deepEqual(page.troubles, []);
}

const picture = async (page, name) => pictures && (mkdirSync(pictures, { recursive: true }), await page.screenshot({ path: join(pictures, `${name}.png`) }));

try {
  const file = report("small", { "aftercare/rest.md": rest, "visits/twice.md": twice, "hostile.md": hostile });
  const page = await open(file);
  assert.match(await page.textContent("#summary"), /3 articles/);
  const all = await page.textContent("h2");
  assert.match(all, /findings? in 3 articles/);
  await accessible(page, "the overview");
  await picture(page, "overview");

  // Filters and search.
  await page.fill("#search", "swim again");
  assert.match(await page.textContent("h2"), /in 2 articles/);
  await page.fill("#search", "");
  await page.selectOption("#folder", "visits");
  assert.match(await page.textContent("h2"), /in 1 article$/);
  await page.selectOption("#folder", "");
  for (const severity of ["error", "warning", "info"]) await page.uncheck(`[value=${severity}]`);
  assert.equal(await page.textContent("h2"), "Nothing found");
  for (const severity of ["error", "warning", "info"]) await page.check(`[value=${severity}]`);
  assert.equal(await page.textContent("h2"), all);

  // An article with a contradiction: jump there by its link, see the axis, go on by keyboard.
  await page.click("text=aftercare/rest.md");
  await page.waitForSelector("h2 >> text=aftercare/rest.md");
  assert.equal(await page.locator(".card svg.axis .band").count(), 1, "the band in which both hold is shown");
  await page.keyboard.press("j");
  await page.waitForURL(/#aftercare/);
  assert.match(page.url(), /#aftercare%2Frest\.md\/[0-9a-f]{16}$/);
  await page.waitForSelector("mark.now");
  assert.ok(await page.evaluate(() => document.activeElement.matches(".card.now header a")), "the focus goes with the finding");
  await accessible(page, "an article");
  await picture(page, "contradiction");
  const shared = await open(file);
  await shared.goto(page.url());
  await shared.reload();
  assert.ok((await shared.locator(".card.now").count()) === 1, "a link leads to its finding");
  await page.keyboard.press("Escape");
  await page.waitForSelector(`h2 >> text="${all}"`);

  // All that an article says about time.
  const timed = report("times", { "peel.md": peel, "calm.md": peel.replace(/- You can exercise.*\n|You can swim again[^.]*\./g, ""), "twice.md": twice });
  for (const [name, options] of Object.entries({
    "times": {}, "times-dark": { colorScheme: "dark" },
    "times-phone": { viewport: { width: 390, height: 800 } }, "times-phone-dark": { viewport: { width: 390, height: 800 }, colorScheme: "dark" },
  })) await times(timed, name, options);
  const calm = await open(timed);
  await calm.goto(pathToFileURL(timed).href + "#twice.md");
  await calm.waitForSelector("h2 >> text=twice.md");
  assert.equal(await calm.locator("details.times").count(), 0, "without a clash there is no such section");
  assert.ok(!("calm.md" in (await calm.evaluate(() => data.times))), "nor are its statements in the file");

  // Copies side by side.
  await page.click("text=visits/twice.md");
  await page.click("summary >> nth=0");
  await page.waitForSelector(".pair del");
  assert.ok((await page.locator(".pair del").allTextContents()).includes("mild"));
  assert.ok((await page.locator(".pair ins").allTextContents()).includes("warm"));
  await picture(page, "twice");

  // Hostile text stays text.
  await page.goto(pathToFileURL(file).href + "#hostile.md");
  await page.waitForSelector("h2 >> text=hostile.md");
  assert.ok((await page.textContent(".text")).includes("<script>window.hacked = 1</script>"));
  await page.hover(".text");
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.equal(await page.locator("script").count(), 2);
  assert.deepEqual(page.troubles, []);

  // Small and dark.
  const phone = await open(file, { viewport: { width: 390, height: 800 }, colorScheme: "dark" });
  await accessible(phone, "the overview on a phone in the dark");
  await picture(phone, "overview-phone-dark");
  await phone.click("text=aftercare/rest.md");
  await phone.waitForSelector("h2 >> text=aftercare/rest.md");
  assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), "nothing is wider than a phone");
  await accessible(phone, "an article on a phone in the dark");
  await picture(phone, "contradiction-phone-dark");

  // Two thousand articles answer at once.
  const many = {};
  for (let i = 0; i < 2000; i++) many[`clinic-${i % 40}/page-${i}.md`] = `${rest}\nPage ${i}.\n\nRegarding half an hour after the visit, ring us.\n\n${"Most people feel well on the way home and sleep soundly. ".repeat(60)}${i}\n`;
  const large = report("large", many);
  const size = statSync(large).size / 1e6;
  const before = Date.now();
  const heavy = await open(large);
  await heavy.waitForSelector("h2");
  const opened = Date.now() - before;
  const typed = Date.now();
  await heavy.fill("#search", "clinic-7/");
  await heavy.waitForFunction(() => /in 50 articles/.test(document.querySelector("h2").textContent));
  const filtered = Date.now() - typed;
  console.log(`2,000 articles: ${(await heavy.textContent("#summary"))}; ${size.toFixed(1)} MB, open after ${opened} ms, filtered after ${filtered} ms`);
  assert.ok(size < 40, "under 40 MB");
  await picture(heavy, "overview-large");
  console.log("the report holds in a browser");
} finally {
  await browser.close();
}
