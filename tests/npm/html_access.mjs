// Check of html.mjs: what axe-core, with the rules of WCAG 2.2 AA and its own good practices, objects to.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** By day and by night, wide and narrow, with all that is folded open and closed. */
export async function access(open, report, { same }) {
  for (const [colorScheme, width] of [['light', 1280], ['dark', 1280], ['light', 360]]) {
    const { page, context } = await open({ colorScheme, viewport: { width, height: 800 } });
    for (const part of ['matrix', 'explorer']) await page.locator(`#${part}`).scrollIntoViewIfNeeded();
    await page.locator('.box').first().click();
    for (const unfolded of [false, true]) {
      if (unfolded) await page.evaluate(() => { for (const one of document.querySelectorAll('details')) one.open = true; });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      const told = violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0].html.slice(0, 120)} (${nodes.length}) ${nodes[0].failureSummary}`);
      same(`${colorScheme}, ${width} wide, unfolded: ${unfolded}`, told, []);
    }
    same(`${width} wide: nothing but scrolling parts is wider`, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    await context.close();
  }
}
