// axe-core over a page as it stands: what it calls serious or critical is a fault of ours. The pages allow no script from elsewhere, so
// its text is evaluated by the browser's own protocol, which no policy of a page applies to.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const FAULTS = new Set(['serious', 'critical']);

/** What is wrong with the page, or with what `part` selects of it; one line for each rule. */
export async function faultsOf(page, part) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const { violations } = await page.evaluate((within) => window.axe.run(within ?? document, { resultTypes: ['violations'] }), part);
  return violations
    .filter((rule) => FAULTS.has(rule.impact))
    .map((rule) => {
      const nodes = rule.nodes.slice(0, 3).map((node) => `${node.target.join(' ')} (${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''})`);
      return `${rule.impact} ${rule.id}, ${rule.nodes.length} times: ${nodes.join('; ')}`;
    });
}
