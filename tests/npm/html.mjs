// node html.mjs BROWSER CHECK REPORT.html REPORT.json: opens an HTML report in that browser and does what the check
// says; prints what is not as it should be, one thing a line, and nothing when all is well. The JSON report of the same
// audit tells what has to be there.
import { readFileSync } from 'node:fs';

import { launch, openReport } from './browser.mjs';
import { access } from './html_access.mjs';
import { configurations, explorer, large, matrix } from './html_graph.mjs';
import { copying, findings, permalinks, printing } from './html_findings.mjs';

const objections = [];

/** Notes an objection unless the two are the same. */
function same(what, is, expected) {
  const [a, b] = [JSON.stringify(is), JSON.stringify(expected)];
  if (a !== b) objections.push(`${what}: ${a}, not ${b}`);
}

function holds(what, condition) {
  if (!condition) objections.push(what);
}

/** Without scripts: everything is there to be read. */
async function plain(open, report) {
  const { page } = await open({ javaScriptEnabled: false });
  await readable(page, report);
  same('fields without script', await page.locator('input, select, button').count(), 0);
}

/** As Jenkins serves artifacts: neither scripts nor inline styles are allowed. */
async function strict(open, report) {
  const policy = "sandbox; default-src 'none'; img-src 'self'; style-src 'self'";
  const { page, notes } = await open({ headers: { 'Content-Security-Policy': policy }, javaScriptEnabled: false });
  await readable(page, report);
  holds(`only what the policy blocks is complained of: ${notes}`, notes.every((note) => /Content.Security.Policy|sandbox/i.test(note)));
  const scripted = await open({ headers: { 'Content-Security-Policy': "default-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'" } });
  same('GitLab Pages with a policy', [await scripted.page.locator('#findings form').count(), scripted.notes], [1, []]);
}

async function readable(page, report) {
  const articles = page.locator('article.finding');
  same('findings', await articles.count(), report.findings.length);
  for (const [i, finding] of report.findings.entries()) {
    const article = articles.nth(i);
    const text = shown(await article.textContent());
    const has = (what, part) => holds(`finding ${i} has no ${what}: ${part}`, text.includes(shown(part)));
    has('message', finding.message);
    has('rule', finding.rule);
    has('repair', finding.help);
    has('fingerprint', finding.fingerprint);
    if (finding.waiver) has('waiver', finding.waiver);
    for (const evidence of finding.evidence) has('place', evidence.line ? `${evidence.file}:${evidence.line}` : evidence.file);
    for (const end of finding.edge ? finding.path : []) has('stop', end.slice(end.indexOf(':') + 1));
    holds(`finding ${i} cannot be seen`, await article.isVisible());
  }
  const summary = shown(await page.locator('#summary').textContent());
  for (const module of report.modules) {
    for (const part of [module.name, module.toggle, module.state === 'on' ? 'not checked' : module.verdict]) {
      holds(`the summary lacks ${part}`, summary.includes(shown(part)));
    }
  }
}

/** A text as a page shows it, whatever stands for bytes that are no text, and however often. */
function shown(text) {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\p{Cc}\ufffd]+/gu, '\ufffd').trim();
}

/** From disk: no request, no complaint, in the order of the JSON report. */
async function reading(open, report) {
  const { page, notes } = await open();
  await readable(page, report);
  for (const part of ['matrix', 'explorer']) await page.locator(`#${part}`).scrollIntoViewIfNeeded();
  await page.locator('#explorer .box, #explorer .panel p').first().waitFor();
  same('what the page did', notes, []);
  const graphs = await page.evaluate(() => [...document.querySelectorAll('script[type="application/json"]')].map((one) => {
    JSON.parse(one.textContent);
    return one.id || one.className;
  }));
  holds(`the graphs are there: ${graphs}`, graphs.includes('graph') && graphs.includes('matrix-0'));
  same('elements that run or load', await page.evaluate(() => [
    document.querySelectorAll('script:not([type="application/json"])').length,
    document.querySelectorAll('style').length,
    document.querySelectorAll('[src], link, iframe, object, embed, form[action], [style]:not(.matrix-space, .matrix-canvas)').length,
    [...document.querySelectorAll('[href]')].filter((one) => !one.getAttribute('href').startsWith('#')).length,
  ]), [1, 1, 0, 0]);
  same('ids that stand twice', await page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
    return ids.filter((id, i) => ids.indexOf(id) !== i);
  }), []);
}

/** The keys alone lead everywhere. */
async function keyboard(open) {
  const { page, notes } = await open();
  await page.keyboard.press('Tab');
  same('the first stop', await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  same('the skip link', await page.evaluate(() => location.hash), '#findings');
  await page.keyboard.press('Tab');
  same('the next stop', await page.evaluate(() => document.activeElement.type), 'search');
  await page.locator('article.finding').first().focus();
  await page.keyboard.press('j');
  const at = () => page.evaluate(() => [...document.querySelectorAll('article.finding')].indexOf(document.activeElement));
  same('j', await at(), 1);
  await page.keyboard.press('k');
  same('k', await at(), 0);
  const unseen = await page.evaluate(() => {
    const focusable = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')];
    return focusable.filter((one) => {
      one.focus({ focusVisible: true });
      const box = one.querySelector('rect');
      const style = getComputedStyle(one);
      return document.activeElement === one && style.outlineStyle === 'none' && !(box && getComputedStyle(box).strokeWidth === '3.5px');
    }).map((one) => one.outerHTML.slice(0, 80));
  });
  same('stops without a visible focus', unseen, []);
  same('what the page did', notes, []);
}

const checks = {
  access, configurations, copying, explorer, findings, keyboard, large, matrix, permalinks, plain, printing, reading, strict,
};

const [executable, name, file, json] = process.argv.slice(2);
const check = checks[name];
if (!check) throw new Error(`there is no check ${name}; there are: ${Object.keys(checks).join(', ')}`);
const browser = await launch(executable);
try {
  const open = (how) => openReport(browser, file, how);
  await check(open, JSON.parse(readFileSync(json, 'utf8')), { same, holds });
} catch (error) {
  objections.push(`the check broke off: ${error.stack}`);
} finally {
  await browser.close();
}
if (objections.length > 0) console.log(objections.join('\n'));
