// A headless Chromium for the tests, which notes whatever a page must not do: ask for anything, complain, break its
// Content-Security-Policy.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const options = [
  '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser at that path; Playwright gives it a fresh profile. */
export function launch(executablePath) {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...options, ...sandbox] });
}

/**
 * Opens a report from disk, or with `headers` from a server that sends them.
 * @param {{headers?: Object<string, string>}} [how] and options of Playwright's contexts
 * @returns the page, and what was noted so far
 */
export async function openReport(browser, file, { headers, ...how } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...how });
  const page = await context.newPage();
  const notes = [];
  const address = headers ? 'http://ci.example/artifact/report.html' : pathToFileURL(resolve(file)).href;
  await context.route('**', (route) => {
    const url = route.request().url();
    if (url.split('#')[0] !== address) {
      notes.push(`asks for ${url}`);
      return route.abort();
    }
    if (!headers) return route.continue();
    return route.fulfill({ body: readFileSync(file), contentType: 'text/html; charset=utf-8', headers });
  });
  page.on('console', (message) => notes.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => notes.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    notes.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  if (how.javaScriptEnabled !== false) {
    await page.exposeFunction('noteViolation', (text) => notes.push(`policy: ${text}`));
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => {
        window.noteViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
      });
    });
  }
  await page.goto(address);
  return { page, context, notes };
}
