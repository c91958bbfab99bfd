// Writes src/shared/api/schema.d.ts from the description of the API. Routes that the API does not have yet are in
// openapi.draft.json; what the API describes itself always goes before the draft.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';

const read = (name) => {
  const file = new URL(name, import.meta.url);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
};

const real = read('../../docs/openapi.json');
const draft = read('../openapi.draft.json');
const described = real ?? draft;
if (!described) throw new Error('docs/openapi.json is missing: `duka openapi` writes it');
if (real && draft) {
  for (const [path, routes] of Object.entries(draft.paths)) real.paths[path] = { ...routes, ...real.paths[path] };
  real.components.schemas = { ...draft.components.schemas, ...real.components.schemas };
}

const out = new URL('../src/shared/api/schema.d.ts', import.meta.url);
// What is a file there is one here too.
const file = ts.factory.createTypeReferenceNode('Blob');
const transform = (schema) => (schema.format === 'binary' ? file : undefined);
const text = astToString(await openapiTS(described, { alphabetize: true, emptyObjectsUnknown: true, transform }));
if (!existsSync(out) || readFileSync(out, 'utf8') !== text) writeFileSync(out, text);
