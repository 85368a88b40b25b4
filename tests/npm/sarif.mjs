// node sarif.mjs FILE...: what two validators object to in SARIF logs, as a JSON list of texts, one for each file; an
// empty text for a valid one. They are ajv with the schema of SARIF 2.1.0, and Microsoft's SARIF Multitool with the rules
// of the standard and those of GitHub code scanning. At a log that breaks the schema the Multitool ends in silence, so it
// is given the others only.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const multitool = createRequire(import.meta.url)('@microsoft/sarif-multitool-linux');
const files = process.argv.slice(2).map((file) => resolve(file));

function schemaObjections() {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(join(dirname(multitool), 'sarif-2.1.0.json'), 'utf8')));
  return files.map((file) => {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
    if (validate(JSON.parse(text))) return [];
    return validate.errors.map((error) => `schema: ${error.instancePath} ${error.message}\n`);
  });
}

function multitoolObjections(wanted) {
  const objections = files.map(() => []);
  if (wanted.length === 0) return objections;
  const scratch = mkdtempSync(join(tmpdir(), 'bulkhead-sarif-'));
  try {
    chmodSync(multitool, 0o755);
    const output = join(scratch, 'objections.sarif');
    const options = ['--rule-kind', 'Sarif;Ghas', '--level', 'Error;Warning', '--output', output];
    const ran = spawnSync(multitool, ['validate', ...wanted, ...options], {
      encoding: 'utf8',
      env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' },
    });
    if (ran.error || ran.status !== 0) throw new Error(`the Multitool failed: ${ran.error ?? ran.stdout + ran.stderr}`);
    for (const result of JSON.parse(readFileSync(output, 'utf8')).runs[0].results) {
      const place = result.locations[0].physicalLocation;
      const file = files.indexOf(resolve(fileURLToPath(place.artifactLocation.uri)));
      const words = [result.message.id, ...(result.message.arguments ?? [])].join(' ');
      objections[file].push(`${result.ruleId}: ${words}\n`);
    }
    return objections;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

const bySchema = schemaObjections();
const byMultitool = multitoolObjections(files.filter((_, i) => bySchema[i].length === 0));
console.log(JSON.stringify(files.map((_, i) => [...bySchema[i], ...byMultitool[i]].join(''))));
