// What the sign-in page and the first page load, compressed as it is sent. Fails if it is more than 250 KiB.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const LIMIT = 250 * 1024;
const dist = fileURLToPath(new URL('../dist/', import.meta.url));

/** Every script and style that an entry needs before it can be used, each once. */
export function firstLoad(entries = ['index.html']) {
  const manifest = JSON.parse(readFileSync(`${dist}manifest.json`, 'utf8'));
  const chunks = new Set();
  const add = (name) => {
    if (chunks.has(name)) return;
    chunks.add(name);
    for (const needed of manifest[name].imports ?? []) add(needed);
  };
  for (const entry of entries) add(entry);
  const names = [...new Set([...chunks].flatMap((name) => [manifest[name].file, ...(manifest[name].css ?? [])]))];
  const files = names.map((name) => ({
    name,
    bytes: statSync(existsSync(`${dist}${name}.br`) ? `${dist}${name}.br` : `${dist}${name}`).size,
  }));
  return { files: files.sort((a, b) => b.bytes - a.bytes), bytes: files.reduce((sum, file) => sum + file.bytes, 0) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { files, bytes } = firstLoad();
  for (const file of files) console.log(`${(file.bytes / 1024).toFixed(1).padStart(8)} KiB  ${file.name}`);
  console.log(`${(bytes / 1024).toFixed(1).padStart(8)} KiB  of ${LIMIT / 1024}`);
  process.exit(bytes < LIMIT ? 0 : 1);
}
