import { expect, it } from 'vitest';
import { renderedOnce } from '../../src/platform/web/rendered-once.js';

/** The helper, with a clock that the test sets, and how often its block was rendered. */
function blocks() {
  const clock = { ms: 0 };
  const once = renderedOnce(() => clock.ms);
  let rendered = 0;
  const fn = ({ name }: { name: string }) => {
    rendered++;
    return `<p>${name}</p>`;
  };
  const options = { fn } as unknown as Handlebars.HelperOptions;
  const show = (block: string, shown: { name: string }) => String(once(block, shown, options));
  return { clock, show, rendered: () => rendered };
}

it('renders a block once for an object, whenever it is shown', () => {
  const { clock, show, rendered } = blocks();
  const shown = { name: 'Mara' };
  expect(show('a', shown)).toBe('<p>Mara</p>');
  clock.ms = 60_000;
  expect(show('a', shown)).toBe('<p>Mara</p>');
  expect(rendered()).toBe(1);
});

it('renders it once for the same values, and again for others, for another block and a second later', () => {
  const { clock, show, rendered } = blocks();
  show('a', { name: 'Mara' });
  clock.ms = 999;
  expect(show('a', { name: 'Mara' })).toBe('<p>Mara</p>');
  expect(rendered()).toBe(1);
  expect(show('a', { name: 'Lin' })).toBe('<p>Lin</p>');
  expect(show('b', { name: 'Mara' })).toBe('<p>Mara</p>');
  expect(rendered()).toBe(3);
  clock.ms = 1_000;
  show('a', { name: 'Mara' });
  expect(rendered()).toBe(4);
});

it('keeps a few pieces of HTML, the newest', () => {
  const { show, rendered } = blocks();
  for (let i = 0; i <= 20; i++) show('a', { name: `${i}` });
  show('a', { name: '20' });
  expect(rendered()).toBe(21);
  show('a', { name: '0' });
  expect(rendered()).toBe(22);
});
