// The built program with the demo shop, in a folder and on a port of its own.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const free = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Starts it and waits until it says where it is and how one signs in. */
export async function start(binary) {
  const folder = mkdtempSync(path.join(tmpdir(), 'duka-dashboard.'));
  const address = `http://127.0.0.1:${await free()}`;
  const inherited = Object.entries(process.env).filter(([name]) => !/^(DUKA|OTEL|LANGFUSE)_/.test(name));
  const program = spawn(path.resolve(binary), ['demo'], {
    cwd: folder,
    env: {
      ...Object.fromEntries(inherited),
      DUKA_DATA_DIR: path.join(folder, 'data'),
      DUKA_BIND: address.slice('http://'.length),
      DUKA_PUBLIC_URL: address,
      DUKA_LOG: 'warn',
      DUKA_LLM_CHAIN: '',
    },
  });
  let said = '';
  const login = new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`not ready after two minutes: ${said.slice(-800)}`)), 120_000);
    const hear = (text) => {
      said += text;
      const email = /e-mail\s+(\S+)/.exec(said)?.[1];
      const password = /password\s+(\S+)/.exec(said)?.[1];
      if (!email || !password) return;
      clearTimeout(late);
      resolve({ address, email, password });
    };
    program.stdout.on('data', hear);
    program.stderr.on('data', (text) => (said += text));
    program.on('exit', (code) => reject(new Error(`ended with ${code}: ${said.slice(-800)}`)));
  });
  const stop = () =>
    new Promise((resolve) => {
      program.removeAllListeners('exit');
      program.on('exit', () => {
        rmSync(folder, { recursive: true, force: true });
        resolve();
      });
      program.kill('SIGTERM');
    });
  return { ...(await login.catch(async (error) => Promise.reject(error))), stop, log: () => said };
}
