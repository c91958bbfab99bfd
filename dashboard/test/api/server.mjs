// Speaks the API over HTTP from memory, and serves what was built: for work on the pages alone. Never part of the program.
//   node test/api/server.mjs [port]
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { routes } from './routes.mjs';
import { onTell, Refused } from './table.mjs';

const here = (name) => new URL(name, import.meta.url).pathname;
const TYPES = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  woff2: 'font/woff2',
  webmanifest: 'application/manifest+json',
};
// As the program sends it: what it forbids has to fail here too.
const POLICY =
  "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const streams = new Set();
let events = 0;
onTell((kind, data) =>
  streams.forEach((stream) =>
    stream.write(`id: ${++events}\nevent: ${kind}\ndata: ${JSON.stringify({ kind, ...data })}\n\n`),
  ),
);

const table = Object.entries(routes).map(([route, act]) => {
  const [method, pattern] = route.split(' ');
  return { method, pattern: new RegExp(`^/v1${pattern.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`), act };
});

function send(response, file) {
  response.writeHead(200, {
    'content-type': TYPES[path.extname(file).slice(1)] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
  });
  createReadStream(file).pipe(response);
}

async function read(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const text = Buffer.concat(parts).toString();
  return text && request.headers['content-type']?.includes('json') ? JSON.parse(text) : {};
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname === '/v1/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(':\n\n');
    streams.add(response);
    request.on('close', () => streams.delete(response));
    return;
  }
  if (url.pathname.startsWith('/v1/media/')) {
    const picture = here(`../../../demo/catalogue-images/${path.basename(url.pathname)}`);
    return existsSync(picture) ? send(response, picture) : response.writeHead(404).end();
  }
  if (url.pathname.startsWith('/v1/')) {
    const known = request.headers.cookie?.includes('duka_csrf=') ?? false;
    const enters = /\/(login|signup|accept)$/.test(url.pathname);
    const json = (status, type, body) =>
      response
        .writeHead(status, { 'content-type': type, ...(enters && { 'set-cookie': 'duka_csrf=mock; Path=/' }) })
        .end(body);
    try {
      if (!known && !enters && !/\/(invitations|logout)/.test(url.pathname)) throw new Refused(401, 'Sign in first.');
      const row = table.find((one) => one.method === request.method && one.pattern.test(url.pathname));
      if (!row) throw new Refused(404, `No route ${request.method} ${url.pathname}`);
      const body = await read(request);
      const out = row.act({
        params: row.pattern.exec(url.pathname).groups ?? {},
        q: Object.fromEntries(url.searchParams),
        body,
        version: request.headers['if-match']?.replaceAll('"', ''),
      });
      return out === undefined ? response.writeHead(204).end() : json(200, 'application/json', JSON.stringify(out));
    } catch (error) {
      const { status = 500, detail = String(error), errors } = error;
      return json(
        status,
        'application/problem+json',
        JSON.stringify({ type: '/docs/errors/mock', title: 'Refused', status, detail, errors }),
      );
    }
  }
  const file = here(`../../dist${url.pathname}`);
  send(response, existsSync(file) && statSync(file).isFile() ? file : here('../../dist/index.html'));
});
const port = Number(process.argv[2] ?? 8787);
server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`));
