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
  assert.equal(await page.textContent("h2"), "aftercare/rest.md");
  assert.equal(await page.locator(".card svg.axis .band").count(), 1, "the band in which both hold is shown");
  await page.keyboard.press("j");
  assert.match(page.url(), /#aftercare%2Frest\.md\/[0-9a-f]{16}$/);
  assert.ok((await page.locator("mark.now").count()) > 0);
  await accessible(page, "an article");
  await picture(page, "contradiction");
  const shared = await open(file);
  await shared.goto(page.url());
  await shared.reload();
  assert.ok((await shared.locator(".card.now").count()) === 1, "a link leads to its finding");
  await page.keyboard.press("Escape");
  assert.equal(await page.textContent("h2"), all);

  // Copies side by side.
  await page.click("text=visits/twice.md");
  await page.click("summary >> nth=0");
  assert.ok((await page.locator(".pair del").allTextContents()).includes("mild"));
  assert.ok((await page.locator(".pair ins").allTextContents()).includes("warm"));
  await picture(page, "twice");

  // Hostile text stays text.
  await page.goto(pathToFileURL(file).href + "#hostile.md");
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
