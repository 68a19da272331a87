import { register } from 'node:module';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

// `npm run bench -- --rounds N --rest-latency MS --graphql-latency MS --only NAME --quick`; --cpu-prof FOLDER keeps what
// the CPU did in first syncs. The bench is TypeScript and runs here; what it measures runs in processes of its own.
register('../test/bench/typescript.mjs', import.meta.url);
const { bench } = await import('../test/bench/bench.ts');

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    'rest-latency': { type: 'string', default: '20' },
    'graphql-latency': { type: 'string', default: '50' },
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    'cpu-prof': { type: 'string' },
  },
});

process.exit(
  await bench({
    rounds: wholeNumber('rounds', 1),
    restLatency: wholeNumber('rest-latency', 0),
    graphqlLatency: wholeNumber('graphql-latency', 0),
    only: values.only,
    quick: values.quick,
    profiles: values['cpu-prof'] && resolve(values['cpu-prof']),
  }),
);

function wholeNumber(name, from) {
  const value = Number(values[name]);
  if (/^\d+$/.test(values[name]) && value >= from) return value;
  process.stderr.write(`--${name} must be a whole number from ${from}\n`);
  process.exit(2);
}
