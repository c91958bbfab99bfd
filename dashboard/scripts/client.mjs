// Writes src/shared/api/schema.d.ts from the description of the API: what the API does not have does not compile here.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';

const described = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8'));
const out = new URL('../src/shared/api/schema.d.ts', import.meta.url);
// What is a file there is one here too.
const file = ts.factory.createTypeReferenceNode('Blob');
const transform = (schema) => (schema.format === 'binary' ? file : undefined);
const text = astToString(await openapiTS(described, { alphabetize: true, emptyObjectsUnknown: true, transform }));
if (!existsSync(out) || readFileSync(out, 'utf8') !== text) writeFileSync(out, text);
