import { expect, it } from 'vitest';
import { startNode, stopAll } from '../support/process.js';

const script = (code: string) => ['--input-type=module', '--eval', code];

it('waits for the ready line and says how the process ended', async () => {
  const server = startNode(
    script(
      `console.log('Rollcall is ready on http://127.0.0.1:3000'); setInterval(() => {}, 1000)`,
    ),
    {},
  );
  expect(await server.ready).toBe('http://127.0.0.1:3000');
  server.signal('SIGTERM');
  expect(await server.exited).toEqual({ code: null, signal: 'SIGTERM' });
});

it('passes on stdin and no environment but what was given', async () => {
  const echo = startNode(
    script(
      `import { text } from 'node:stream/consumers';
       console.log(Object.keys(process.env).sort().join(), await text(process.stdin))`,
    ),
    { ROLE: 'web' },
  );
  echo.writeInput('hello');
  await echo.waitForLine(/^HOME,PATH,ROLE,TZ hello$/);
});

it('does not wait for a line that will never come, and tells what was said', async () => {
  const child = startNode(script(`console.error('PORT is taken'); process.exit(3)`), {});
  await expect(child.ready).rejects.toThrow(/PORT is taken/);
  expect(await child.exited).toEqual({ code: 3, signal: null });
});

it('leaves nothing running', async () => {
  const child = startNode(script('setInterval(() => {}, 1000)'), {});
  await stopAll();
  expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' });
});
