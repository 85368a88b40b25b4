// Checks of html.mjs: the list of findings.

const list = 'article.finding:not([hidden])';

/** Search, filters, order. */
export async function findings(open, report, { same, holds }) {
  const { page, notes } = await open();
  const all = report.findings.length;
  const shown = () => page.locator(list).count();
  const field = (label) => page.locator('#findings').getByLabel(label, { exact: true });
  same('all at first', await shown(), all);

  const word = report.findings[0].edge.to.split(/[:/]/).pop();
  await field('Search').fill(word.toUpperCase());
  const texts = await page.locator(list).allTextContents();
  holds('a search finds some, and not all', texts.length > 0 && texts.length < all);
  holds('what it finds has the word', texts.every((text) => text.toLowerCase().includes(word.toLowerCase())));
  same('the count is told', await page.locator('#findings output').textContent(), `${texts.length} of ${all} findings`);
  await field('Search').fill('no such thing anywhere');
  same('nothing', await shown(), 0);
  await page.getByRole('button', { name: 'Reset' }).click();
  same('all again', await shown(), all);

  for (const key of ['status', 'severity', 'rule', 'module', 'configuration']) {
    const values = [...new Set(report.findings.map((finding) => finding[key] ?? ''))];
    const select = field(key[0].toUpperCase() + key.slice(1));
    same(`a filter for ${key} where findings differ`, await select.count(), values.length > 1 ? 1 : 0);
    for (const value of values.length > 1 ? values : []) {
      await select.selectOption(`=${value}`);
      same(`${key} ${value}`, await shown(), report.findings.filter((finding) => (finding[key] ?? '') === value).length);
    }
    await page.getByRole('button', { name: 'Reset' }).click();
  }
  same('filters', (await page.locator('#findings select').count()) > 2, true);

  await field('Order').selectOption('rule');
  const rules = await page.locator(list).evaluateAll((articles) => articles.map((article) => article.dataset.rule));
  same('by rule', rules, [...rules].sort());
  holds('the order was another one', JSON.stringify(rules) !== JSON.stringify(report.findings.map((finding) => finding.rule)));
  await field('Order').selectOption('');
  const messages = await page.locator(`${list} h3`).allTextContents();
  holds('as reported again', messages.every((text, i) => text.includes(report.findings[i].message.replaceAll('\n', ' '))));
  same('what the page did', notes, []);
}

/** An address that names a finding shows it, even where the filters hide it. */
export async function permalinks(open, report, { same }) {
  const { page, notes } = await open();
  const last = report.findings.at(-1);
  const id = `f-${last.fingerprint}`;
  const reached = () => page.evaluate((wanted) => {
    const article = document.getElementById(wanted);
    const frame = article.getBoundingClientRect();
    return [article.hidden, document.activeElement === article, frame.top < innerHeight && frame.bottom > 0];
  }, id);
  await page.getByLabel('Search', { exact: true }).fill('no such thing anywhere');
  await page.evaluate((hash) => { location.hash = hash; }, `#${id}`);
  await page.waitForTimeout(900); // it scrolls smoothly
  same('a link to the last finding', await reached(), [false, true, true]);
  await page.reload();
  await page.waitForTimeout(900);
  same('the same when the page is opened with it', await reached(), [false, true, true]);
  same('what the page did', notes, []);
}

/** The waiver in the clipboard is that of the JSON report. */
export async function copying(open, report, { same, holds }) {
  const { page, context, notes } = await open();
  const i = report.findings.findIndex((finding) => finding.waiver?.includes('\n'));
  const first = report.findings.findIndex((finding) => finding.waiver);
  holds('there are waivers to copy', first >= 0);
  for (const allowed of [true, false]) {
    if (allowed) await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    else await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')); });
    for (const at of [first, i].filter((one) => one >= 0)) {
      const article = page.locator('article.finding').nth(at);
      const details = article.locator('details.waiver');
      if (!(await details.evaluate((one) => one.open))) await details.locator('summary').click();
      await page.evaluate(() => navigator.clipboard.write([]).catch(() => {}));
      await article.getByRole('button', { name: 'Copy the waiver' }).click();
      await page.waitForFunction(() => document.getElementById('status').textContent === 'Copied');
      same(`the clipboard, allowed: ${allowed}`, await page.evaluate(() => navigator.clipboard.readText()), report.findings[at].waiver);
    }
  }
  same('what the page did', notes, []);
}

/** On paper: no controls, and nothing is folded. */
export async function printing(open, report, { same, holds }) {
  const { page, notes } = await open();
  await page.getByLabel('Search', { exact: true }).fill('no such thing anywhere');
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  same('fields on paper', await page.locator('input:visible, select:visible, button:visible, nav:visible').count(), 0);
  same('findings on paper, whatever is filtered', await page.locator('article.finding:visible').count(), report.findings.length);
  same('folded parts on paper', await page.locator('details:not([open])').count(), 0);
  holds('the waiver is told on paper', await page.locator('details.waiver pre').first().isVisible());
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  holds('folded again', (await page.locator('details:not([open])').count()) > 0);
  const pdf = await page.pdf({ format: 'A4' });
  holds('a PDF of some pages', pdf.length > 20000);
  same('what the page did', notes, []);
}
