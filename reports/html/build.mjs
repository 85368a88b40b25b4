// Makes generated/ from the sources beside it: npm ci && npm run build. With a directory as argument it writes there.
import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {build} from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, 'generated');

/** The licences of what is bundled go where it goes. */
function licences() {
  const texts = ['@dagrejs/dagre', '@dagrejs/graphlib'].map((name) => {
    const folder = join(here, 'node_modules', name);
    const {version} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return `${name} ${version}\n\n${readFileSync(join(folder, 'LICENSE'), 'utf8').trim()}\n`;
  });
  return `/*!\n${texts.join('\n')}*/`;
}

async function bundle(entry, options) {
  const {outputFiles} = await build({
    entryPoints: [join(here, entry)], absWorkingDir: here, bundle: true, minify: true, write: false, charset: 'ascii',
    target: ['chrome100', 'firefox100', 'safari15'], legalComments: 'none', logLevel: 'warning', ...options});
  return outputFiles[0].text.trim();
}

function put(name, text) {
  if (/<\/(script|style)/i.test(text) || text.includes('<!--')) throw new Error(`${name} would end its element`);
  writeFileSync(join(out, name), text);
  // As a Content-Security-Policy has it; without a line end, for it is embedded as it is.
  writeFileSync(join(out, `${name}.hash`), `sha256-${createHash('sha256').update(text).digest('base64')}`);
}

mkdirSync(out, {recursive: true});
put('report.js', await bundle('main.js', {format: 'iife', banner: {js: licences()}}));
put('report.css', await bundle('report.css', {}));
