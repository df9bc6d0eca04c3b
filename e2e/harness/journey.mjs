// A journey is one story told twice: on SQLite and on PostgreSQL, each in a demo city of its own, and it only
// passes when nothing went wrong behind the pages either: no error in the console, no failed request, and a
// server that stops cleanly. A journey never skips an engine; what is missing makes it fail and say so.
import { test } from 'node:test';
import { mkdir } from 'node:fs/promises';
import { launch } from './browser.mjs';
import { City } from './city.mjs';
import { startServer } from './server.mjs';

export const OUT = new URL('../out/', import.meta.url).pathname;
const ENGINES = ['sqlite', 'postgres'];
const LIMIT_MS = 300_000;

/**
 * Runs `story(city)` on each engine, or on those named where several journeys look at the same with different eyes. The title names the
 * pictures in out/, so it is short and in English. The city has as many hazards as the story needs.
 */
export function journey(title, story, engines = ENGINES, hazards = 80) {
  for (const engine of engines) {
    test(`${title} (${engine})`, { timeout: LIMIT_MS }, async () => {
      await mkdir(OUT, { recursive: true });
      const name = `${title.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}-${engine}`;
      const server = await startServer(engine, `${OUT}${name}.log`, hazards);
      let browser, wrong;
      try {
        browser = await launch();
        await tell(story, new City(browser, server, `${OUT}${name}`));
      } catch (error) {
        wrong = error;
      }
      await browser?.close();
      // What the story met first is the cause; how the server ended is told when nothing else was wrong.
      await server.stop().catch((error) => (wrong ??= error));
      if (wrong) throw wrong;
    });
  }
}

/** A failed story leaves a picture of every open page; a story that went well still answers for complaints. */
export async function tell(story, city) {
  try {
    await story(city);
  } catch (error) {
    await city.leavesPictures('failed');
    error.message += city.complaints().map((line) => `\n  ${line}`).join('');
    throw error;
  }
  const complaints = city.complaints();
  if (complaints.length > 0) throw new Error(`the pages complained:\n  ${complaints.join('\n  ')}`);
}
