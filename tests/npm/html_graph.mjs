// Checks of html.mjs: the dependency matrix and the explorer.

const bare = (label) => label.slice(label.indexOf(':') + 1);

/** The table answers to keys, tells what it shows, and takes other orders. */
export async function matrix(open, report, { same, holds }) {
  const { page, notes } = await open();
  const table = page.locator('table.matrix');
  await table.scrollIntoViewIfNeeded();
  const order = page.locator('#matrix').getByLabel('Order', { exact: true });
  await order.waitFor();
  const labels = () => table.locator('tbody th').evaluateAll((heads) => heads.map((head) => head.firstChild.textContent.replace(/^\d+\. /, '')));
  const cells = () => table.evaluate((one) => {
    const said = {};
    for (const line of one.tBodies[0].rows) {
      for (const cell of line.cells) {
        if (cell.tagName !== 'TD' || cell.textContent === '') continue;
        said[`${line.dataset.row} ${cell.dataset.row}`] = cell.textContent;
        const head = one.tHead.rows[0].cells[cell.cellIndex];
        if (head.dataset.row !== cell.dataset.row) throw new Error('a cell stands in the wrong column');
      }
    }
    return said;
  });
  const before = [await labels(), await cells()];
  holds('it has cells', Object.keys(before[1]).length > 0);
  for (const { edge } of report.findings.filter((finding) => finding.rule === 'off-edge' && finding.module)) {
    holds(`the module of ${edge.to} has a row`, before[0].some((label) => label.startsWith('module ')));
  }
  await order.selectOption('name');
  const byName = await labels();
  same('by name', byName, [...before[0]].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })));
  same('the same cells', Object.entries(await cells()).sort(), Object.entries(before[1]).sort());
  await order.selectOption('order');
  same('as before', [await labels(), await cells()], before);

  await table.locator('td').first().focus();
  const readout = () => page.locator('#matrix .readout').textContent();
  const first = await readout();
  await page.keyboard.press('ArrowRight');
  const second = await readout();
  holds(`an arrow key leads to another cell: ${second}`, first !== second && second.includes(before[0][1]));
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowDown');
  holds('and to the end of the next row', (await readout()).startsWith(before[0][1]) && (await readout()).includes(before[0].at(-1)));
  const off = table.locator('td.off').first();
  if (await off.count()) {
    await off.hover();
    holds('a module that is off is told', (await readout()).includes('the module is off'));
  }
  same('what the page did', notes, []);
}

/** A search, steps from box to box, a way, and a finding from the list. */
export async function explorer(open, report, { same, holds }) {
  const { page, notes } = await open();
  const finding = report.findings.find((one) => one.edge?.kind === 'link' && one.edge.to.startsWith('target:') && one.inherited_by.length > 0);
  const [from, to] = [bare(finding.edge.from), bare(finding.edge.to)];
  const section = page.locator('#explorer');
  await section.scrollIntoViewIfNeeded();
  const box = (name) => section.locator('.box').filter({ has: page.locator(`text.name:text-is("${name}")`) });
  await section.getByRole('button', { name: 'Clear' }).click();
  same('empty', await section.locator('.box').count(), 0);

  const search = section.getByRole('combobox', { name: 'Find a target' });
  await search.pressSequentially(from.slice(0, -1));
  same('a list opens', await search.getAttribute('aria-expanded'), 'true');
  const options = await section.getByRole('option').allTextContents();
  holds(`${from} is among the first: ${options}`, options.slice(0, 3).some((text) => text.startsWith(from)));
  await search.fill(from);
  await page.keyboard.press('Enter');
  await box(from).waitFor();
  same('it is chosen', await box(from).getAttribute('aria-pressed'), 'true');
  const panel = await section.locator('.panel').textContent();
  holds(`the panel tells the dependee and the line: ${panel}`, panel.includes(to) &&
    panel.includes(`${finding.evidence[0].file}:${finding.evidence[0].line}`));
  holds('it tells who depends on it', finding.inherited_by.some((label) => panel.includes(bare(label))));
  const link = section.locator(`.panel a[href="#f-${finding.fingerprint}"]`);
  same('it links the finding', await link.count(), 1);

  const boxes = () => section.locator('.box').count();
  const many = await boxes();
  await section.getByRole('button', { name: 'Collapse dependees in the picture' }).click();
  const fewer = await boxes();
  holds('collapsed', fewer < many);
  await box(from).focus();
  await page.keyboard.press('Shift+ArrowRight');
  holds('expanded by key', (await boxes()) > fewer);
  await page.keyboard.press('ArrowRight');
  holds('an arrow leads to a dependee', await page.evaluate(() => document.activeElement.classList.contains('box')));
  const last = await boxes();
  await page.keyboard.press('Delete');
  holds('hidden', (await boxes()) < last);

  const user = bare(finding.inherited_by[0]);
  for (const [label, name] of [['Path from', user], ['to', to]]) {
    await section.getByRole('combobox', { name: label, exact: true }).fill(name);
    await page.keyboard.press('Enter');
  }
  holds('a way', (await section.locator('.panel').textContent()).includes('A shortest way'));
  same('its ends are shown', [await box(user).count(), await box(to).count()], [1, 1]);
  holds('and drawn', (await section.locator('.edge.way').count()) > 0);
  await section.getByRole('combobox', { name: 'Path from', exact: true }).fill(to);
  await page.keyboard.press('Enter');
  await section.getByRole('combobox', { name: 'to', exact: true }).fill(user);
  await page.keyboard.press('Enter');
  holds('no way back', (await section.locator('.panel').textContent()).includes('No way leads there'));

  await page.locator(`#f-${finding.fingerprint}`).getByRole('button', { name: 'Show in explorer' }).click();
  holds('the edge of the finding', (await section.locator('.edge.finding').count()) > 0);
  same('what the page did', notes, []);
}

/** Several configurations: a choice, and each its own edges. */
export async function configurations(open, report, { same, holds }) {
  const { page, notes } = await open();
  const section = page.locator('#explorer');
  await section.scrollIntoViewIfNeeded();
  const choice = section.getByLabel('Configuration', { exact: true });
  const names = await choice.locator('option').allTextContents();
  holds(`more than one: ${names}`, names.length > 1 && names.every((name) => report.configurations.includes(name)));
  const finding = report.findings.find((one) => one.edge && one.configuration === names.at(-1) && one.edge.from.startsWith('target:'));
  const article = page.locator(`article.finding[data-configuration="${finding.configuration}"]`).filter({ hasText: finding.fingerprint });
  await article.getByRole('button', { name: 'Show in explorer' }).click();
  same('the configuration of the finding', await choice.locator('option:checked').textContent(), finding.configuration);
  holds('its edge', (await section.locator('.edge.finding').count()) > 0);
  await page.locator('#findings').getByLabel('Configuration', { exact: true }).selectOption(`=${names[0]}`);
  same('filtered', await page.locator('article.finding:not([hidden])').count(), report.findings.filter((one) => one.configuration === names[0]).length);
  same('what the page did', notes, []);
}

/** Thousands of targets: a matrix on a canvas, a search, and hubs that are shown in parts. */
export async function large(open, report, { same, holds }) {
  const { page, notes } = await open();
  const canvas = page.locator('.matrix-canvas');
  await page.locator('.matrix-place').scrollIntoViewIfNeeded();
  await canvas.waitFor();
  await canvas.focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'End']) await page.keyboard.press(key);
  const readout = await page.locator('#matrix .readout').textContent();
  holds(`the cursor tells where it is: ${readout}`, /depends on|has no edge to/.test(readout));
  holds('it scrolls with the cursor', await page.locator('.matrix-scroller').evaluate((one) => one.scrollLeft > 0));
  const drawn = await canvas.evaluate((one) => {
    const { data } = one.getContext('2d').getImageData(0, 0, one.width, one.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
  holds('something is drawn', drawn > 3);
  same('the same in words', await page.locator('.matrix-list dt').count() > 20, true);

  const section = page.locator('#explorer');
  await section.scrollIntoViewIfNeeded();
  const search = section.getByRole('combobox', { name: 'Find a target' });
  await search.fill('llvmsup');
  holds('the best name first', (await section.getByRole('option').first().textContent()).startsWith('LLVMSupport'));
  await page.keyboard.press('Enter');
  await section.locator('.box.chosen').waitFor();
  const boxes = await section.locator('.box').count();
  holds(`a hub is shown in parts: ${boxes}`, boxes > 3 && boxes < 30);
  for (let i = 0; i < 12; i += 1) {
    const more = section.getByRole('button', { name: /^Show .* dependers in the picture$/ });
    if (await more.count()) await more.click();
  }
  same('no more than can be read', await section.locator('.box').count(), 150);
  holds('that is told', (await page.locator('#status').textContent()).includes('No more than 150'));
  same('targets', report.graph.targets, Number((await section.locator('.result').textContent()).match(/of ([\d,]+) targets/)[1].replaceAll(',', '')));
  same('what the page did', notes, []);
}
