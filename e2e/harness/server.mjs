// Starts and stops the built program on one engine. Each server has a folder, a database and a port of its own,
// so that journeys may run beside each other, and none touches a store that existed before.
import { execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const START_MS = 120_000;
const STOP_MS = 20_000;
/** Every demo account's password in the journeys. */
export const PASSWORD = 'anlan-journey-2026';

function required(name, meaning) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: ${meaning} (make test-e2e sets it)`);
  return value;
}

/** What an engine needs before the server starts, the arguments it adds, and how it is cleared away. */
const stores = {
  async sqlite(folder) {
    return { args: ['--data', join(folder, 'data')], drop: async () => {} };
  },
  async postgres() {
    const cluster = required('ANLAN_TEST_POSTGRES', 'the address of a PostgreSQL superuser');
    const name = `journey_${randomBytes(6).toString('hex')}`;
    await run('createdb', [`--maintenance-db=${cluster}`, '--template=template0', '--locale=C', name]);
    const address = new URL(cluster);
    address.pathname = name;
    return {
      args: ['--database', address.href],
      drop: () => run('dropdb', [`--maintenance-db=${cluster}`, '--force', name]),
    };
  },
};

/**
 * Resolves when the program has said its address; `log` is the file that keeps what it prints. `restart(days)` ends it and starts it
 * on the same store with a clock that runs so many days ahead: the address is another one then.
 */
export async function startServer(engine, log, hazards = 80) {
  const binary = required('ANLAN_BINARY', 'the path of the built program');
  const folder = await mkdtemp(join(tmpdir(), 'anlan-journey-'));
  const store = await stores[engine](folder);
  const kept = createWriteStream(log);
  const clearAway = async () => {
    kept.end();
    await store.drop();
    await rm(folder, { recursive: true, force: true });
  };
  const begin = async (daysAhead) => {
    const args = ['demo', ...store.args, '--hazards', String(hazards), '--days-ahead', String(daysAhead), '--listen', '127.0.0.1:0'];
    try {
      return await runProgram(binary, args, folder, kept, log);
    } catch (error) {
      await clearAway();
      throw error;
    }
  };
  let program = await begin(0);
  return {
    get origin() {
      return program.origin;
    },
    async restart(daysAhead) {
      await program.stop();
      program = await begin(daysAhead);
    },
    async stop() {
      try {
        await program.stop();
      } finally {
        await clearAway();
      }
    },
  };
}

/** The program itself, until it is stopped. */
async function runProgram(binary, args, folder, kept, log) {
  const child = spawn(binary, args, {
    cwd: folder,
    env: { ...process.env, ANLAN_DEMO_PASSWORD: PASSWORD },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.pipe(kept, { end: false });
  child.stderr.pipe(kept, { end: false });
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? code));
  });
  // A journey that is cut off must not leave its server behind.
  const orphan = () => child.kill('SIGKILL');
  process.once('exit', orphan);

  const stop = async () => {
    child.kill('SIGTERM');
    const how = await Promise.race([ended, after(STOP_MS, 'late', { ref: false })]);
    if (how === 'late') {
      child.kill('SIGKILL');
      await ended;
    }
    process.removeListener('exit', orphan);
    if (how !== 0) throw new Error(`the server did not stop cleanly (${how}), see ${log}`);
  };

  const origin = await Promise.race([saidAddress(child), ended.then(() => null), after(START_MS, null, { ref: false })]);
  if (origin === null) {
    child.kill('SIGKILL');
    const how = await ended;
    process.removeListener('exit', orphan);
    throw new Error(`the server did not start (${how}):\n${await readFile(log, 'utf8').catch(() => '')}`);
  }
  return { origin, stop };
}

function saidAddress(child) {
  return new Promise((resolve) => {
    let said = '';
    const listen = (chunk) => {
      said += chunk;
      const found = said.match(/地址\s+(http:\/\/127\.0\.0\.1:\d+)/);
      if (found) {
        child.stdout.removeListener('data', listen);
        resolve(found[1]);
      }
    };
    child.stdout.setEncoding('utf8').on('data', listen);
  });
}
