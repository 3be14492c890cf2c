// Drives every page in Chromium: the main flow, keys, a narrow screen, both colour schemes, axe-core. Screenshots go to target/screens.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { serve } from "./serve.mjs";

const SCREENS = resolve(import.meta.dirname, "../../target/screens");
mkdirSync(SCREENS, { recursive: true });
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const TEXT = `Hostage Talks between Sudan and Rebel Alliance to Resume in Cairo Next Week: Officials

CAIRO, Egypt – Negotiations between Sudan and the Rebel Alliance are set to resume in Cairo next week in an effort to free soldiers held as hostages, Egyptian officials said on Friday. Mediators from Qatar and Egypt will take part.

The rebels demanded that Sudan withdraw from Kurmuk. Sudan rejected the demand. Rebel fighters attacked an army convoy near Damazin on Monday, killing six soldiers and wounding 11, the army said. Egypt condemned the attack.

About 40 soldiers are believed to be held. <script>alert(1)</script> <img src=x onerror=alert(2)>`;

const { base, stop } = await serve();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
const trouble = [];

async function open(width, scheme) {
  const context = await browser.newContext({ viewport: { width, height: width < 600 ? 844 : 900 }, colorScheme: scheme, bypassCSP: false });
  const page = await context.newPage();
  page.on("console", (m) => m.type() === "error" && trouble.push(`${page.url()}: ${m.text()}`));
  page.on("pageerror", (e) => trouble.push(`${page.url()}: ${e}`));
  page.on("dialog", (d) => { trouble.push(`${page.url()}: a script ran: ${d.message()}`); d.dismiss(); });
  page.on("request", (r) => r.url().startsWith(base) || trouble.push(`a request to ${r.url()}`));
  return page;
}

// axe runs from the debugger's world, which the page's policy does not bind.
async function axe(page, name) {
  await page.evaluate(readFileSync(AXE, "utf8"));
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const v of violations.filter((v) => ["serious", "critical"].includes(v.impact))) {
    trouble.push(`${name}: axe ${v.id} (${v.impact}): ${v.nodes.slice(0, 3).map((n) => n.target).join(" | ")}`);
  }
}

async function fits(page, name) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (over > 1) trouble.push(`${name}: ${over} pixels wider than the screen`);
}

try {
  const page = await open(1440, "light");
  // Paste a report, see the record as it is typed.
  await page.goto(`${base}/code`);
  await page.getByLabel("Published").fill("2026-03-20");
  await page.getByLabel("Outlet").fill("Test Gazette");
  await page.getByLabel("Text, headline first").fill(TEXT);
  await page.locator("#coded .card").first().waitFor();
  assert.ok((await page.locator("#coded .trigger").count()) > 3, "the text has no coloured spans");
  assert.ok((await page.locator("#coded").innerText()).includes("<script>alert(1)</script>"), "the text is not shown as it is");
  await page.screenshot({ path: join(SCREENS, "flow-coded.png") });
  // Add it.
  await page.getByRole("button", { name: "Add to the store" }).click();
  await page.waitForURL(/\/jobs\/\d+/);
  await page.locator("#job a").waitFor();
  assert.match(await page.locator("#job").innerText(), /Done: 1 of 1 reports; 1 coded/);
  await page.locator("#job a").click();
  await page.waitForURL(/\/reports\//);
  const report = page.url();
  const trigger = page.locator(".text a.trigger").first();
  assert.match(await trigger.getAttribute("title"), /confidence \d\.\d\d/, "hovering does not say why");
  await trigger.click();
  assert.match(page.url(), /#e\d+$/);
  // Search, with the query in the address and a facet.
  await page.goto(`${base}/search`);
  await page.getByLabel("Words to find").fill("hostage* talks");
  await page.waitForURL(/q=hostage/);
  await page.locator("#found .hits a").first().waitFor();
  await page.getByRole("complementary", { name: "Facets" }).getByRole("link", { name: "ASSAULT" }).click();
  await page.waitForURL(/type=ASSAULT/);
  assert.ok((await page.locator("#found .hits li").count()) >= 1);
  await page.goto(`${base}/search?q=%22unclosed`);
  assert.match(await page.getByRole("alert").innerText(), /cannot be read/);
  // Make a watch, open its dossier.
  await page.goto(`${base}/watches`);
  await page.getByLabel("Name").fill("Sudan talks <b>");
  await page.getByLabel("Words to find").fill("(hostage* OR prisoner*) AND rebel*");
  await page.getByRole("button", { name: "Watch" }).click();
  await page.waitForURL(/\/watches\/Sudan/);
  await page.getByRole("heading", { name: "Where it stands" }).waitFor();
  assert.match(await page.locator("h1").innerText(), /Sudan talks <b>/);
  const dossier = page.url();
  await page.locator("main details summary").first().click();
  await page.locator("blockquote cite a").first().click();
  await page.waitForURL(/\/reports\//);
  // News of the watch come to an open page.
  await page.goto(dossier);
  await page.waitForTimeout(1500);
  const more = { reports: [{ text: "Rebels free two hostages\n\nRebel fighters freed two hostages near Damazin on Saturday, officials said.", published: "2026-03-21" }] };
  const sent = await page.request.post(`${base}/api/v1/reports`, { data: more });
  assert.equal(sent.status(), 202);
  await page.locator("[data-news]", { hasText: "1 new report" }).waitFor({ timeout: 15000 });
  // An event with its mentions, an actor, a pair.
  await page.goto(`${base}/events?type=ASSAULT`);
  await page.locator("tbody th a").first().click();
  await page.waitForURL(/\/events\//);
  const event = page.url();
  assert.ok((await page.locator(".card blockquote").count()) >= 1);
  // Review it: by keys, then a correction.
  await page.goto(`${base}/review`);
  await page.getByLabel("Your name").fill("Ada");
  await page.locator("h1").click();
  const first = await page.locator("input[name=event]").getAttribute("value");
  await page.keyboard.press("a");
  await page.waitForURL(/author=Ada/);
  assert.notEqual(await page.locator("input[name=event]").getAttribute("value"), first, "the accepted event is still there");
  assert.match(await page.locator("main").innerText(), /Ada · accept/);
  await page.locator("h1").click();
  await page.keyboard.press("r");
  await page.locator("li", { hasText: "Ada · reject" }).first().waitFor();
  await page.locator("h1").click();
  await page.keyboard.press("c");
  await page.getByLabel("Status").selectOption("hypothetical");
  await page.getByRole("button", { name: "Keep the correction" }).click();
  await page.locator("li", { hasText: "Ada · correct" }).first().waitFor();
  const gold = await (await page.request.get(`${base}/api/v1/reviews/gold.jsonl`)).text();
  const lines = gold.trim().split("\n").map((l) => JSON.parse(l));
  assert.ok(lines.every((l) => l.reviewed_by.includes("Ada") && l.reviewed_at));
  assert.ok(lines.some((l) => l.events.some((e) => e.status === "hypothetical")));
  // Download the CSV.
  await page.goto(`${base}/events`);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "csv" }).click()]);
  const csv = readFileSync(await file.path(), "utf8");
  const all = (await (await page.request.get(`${base}/api/v1/events?limit=500`)).json()).results;
  assert.match(csv, /^event_id,same_as,/);
  assert.ok(csv.trim().split("\n").length >= all.length + 1);
  // The map's slider.
  await page.goto(`${base}/map`);
  const before = await page.locator("#drawn [role=status]").innerText();
  await page.locator("input[name=first]").focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowRight"); // to March 2026, the month of the reports
  await page.waitForURL(/first=/);
  await page.waitForFunction((b) => document.querySelector("#drawn [role=status]").textContent !== b, before);
  assert.ok((await page.locator("svg path.area").count()) + (await page.locator("svg circle").count()) > 0);
  // By keyboard alone: the first stop skips to the content.
  await page.goto(base);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to content");
  await page.context().close();

  // Every page at both widths and schemes.
  const path = (u) => u.slice(base.length).split("#")[0];
  const pages = { overview: "/", search: "/search?q=talks", events: "/events?type=ASSAULT&from=2020-01-01", event: path(event), report: path(report),
    actors: "/actors", actor: "/actors/SDN", dyad: "/dyads/SDN/KEN", map: "/map", watches: "/watches", dossier: path(dossier), code: "/code",
    review: "/review", login: "/login", docs: "/docs", errors: "/docs/errors" };
  for (const [width, scheme] of [[1440, "light"], [390, "dark"], [390, "light"], [1440, "dark"]]) {
    const page = await open(width, scheme);
    for (const [name, at] of Object.entries(pages)) {
      const answer = await page.goto(base + at);
      assert.equal(answer.status(), 200, at);
      const what = `${name} at ${width} ${scheme}`;
      await axe(page, what);
      await fits(page, what);
      if (scheme === (width < 600 ? "dark" : "light")) await page.screenshot({ path: join(SCREENS, `${name}-${width}.png`), fullPage: name !== "docs" });
    }
    await page.context().close();
  }
  // Faults are pages too; a missing page makes an error line in the console, which is no trouble.
  const quiet = await (await browser.newContext()).newPage();
  assert.equal((await quiet.goto(`${base}/reports/none`)).status(), 404);
  assert.match(await quiet.locator("main").innerText(), /there is no report/);
} finally {
  await browser.close();
  assert.equal(await stop(), 0, "the server did not stop in peace");
}

// With tokens: nothing without one, pages after logging in, forms only with their key.
{
  const { run } = await import("./serve.mjs");
  let token;
  const { base, stop } = await serve((folder) => {
    const tokens = join(folder, "tokens.toml");
    token = run("token", "add", tokens, "Grace", "--right", "write");
    return ["--auth", tokens];
  });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${base}/events`);
    await page.waitForURL(/\/login$/);
    await page.getByLabel("Token").fill("dateline_00000000_wrong");
    await page.getByRole("button", { name: "Log in" }).click();
    assert.match(await page.getByRole("alert").innerText(), /not valid/);
    await page.getByLabel("Token").fill(token);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("button", { name: "Log out Grace" }).waitFor();
    await page.goto(`${base}/review`);
    assert.equal(await page.getByLabel("Your name").count(), 0, "a token tells the name");
    await page.locator("h1").click();
    await page.keyboard.press("a");
    await page.locator("li", { hasText: "Grace · accept" }).first().waitFor();
    const bare = await page.request.post(`${base}/watches`, { form: { name: "x" } });
    assert.equal(bare.status(), 403);
    await page.getByRole("button", { name: "Log out Grace" }).click();
    await page.waitForURL(/\/login$/);
    assert.equal((await page.request.get(`${base}/api/v1/reports`)).status(), 401);
  } finally {
    await browser.close();
    await stop();
  }
}
assert.deepEqual(trouble, []);
console.log("pages: all fine; screenshots in target/screens");
