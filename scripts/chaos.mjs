import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

// `npm run chaos -- --rounds N` plays each scenario N times; --seed repeats what a seed did, --only NAME plays some of them.
const { values } = parseArgs({
  options: { rounds: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } },
});

for (const [name, value] of Object.entries({ rounds: values.rounds, seed: values.seed }))
  if (value !== undefined && !/^[1-9]\d*$/.test(value)) {
    process.stderr.write(`--${name} must be a whole number from 1\n`);
    process.exit(2);
  }

const env = {
  ...process.env,
  ...(values.rounds && { CHAOS_ROUNDS: values.rounds }),
  ...(values.seed && { CHAOS_SEED: values.seed }),
};
const only = values.only ? ['--testNamePattern', values.only] : [];
const vitest = spawn('npx', ['vitest', 'run', 'test/chaos', ...only], { env, stdio: 'inherit' });
vitest.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
