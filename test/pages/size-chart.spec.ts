import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sizeChart } from '../../src/admin/runs/size-chart.js';

const hour = 3_600_000;
const noon = Date.parse('2026-11-20T12:00:00.000Z');
const point = (hours: number, active: number) => ({ at: new Date(noon + hours * hour), active });

it('needs two points', () => {
  expect(sizeChart([])).toBeUndefined();
  expect(sizeChart([point(0, 5)])).toBeUndefined();
});

it('holds each size until the next is known, and the last one to the edge', () => {
  const chart = sizeChart([point(0, 10), point(1, 30), point(4, 20)]);
  expect(chart).toMatchObject({
    line: 'M0 96H247.5V4H990V50H1000',
    area: 'M0 96H247.5V4H990V50H1000V100H0Z',
    least: 10,
    most: 30,
    first: { active: 10, at: '2026-11-20T12:00:00.000Z', words: '20 Nov, 12:00' },
    last: { active: 20, words: '20 Nov, 16:00' },
  });
});

it('tells dates where hours would say nothing, and draws what does not change in the middle', () => {
  const chart = sizeChart([point(0, 7), point(24 * 400, 7)]);
  expect([chart?.first.words, chart?.last.words]).toEqual(['20 Nov 2026', '25 Dec 2027']);
  expect(chart?.line).toBe('M0 50H990V50H1000');
  expect(sizeChart([point(0, 1), point(0, 2)])?.line).toBe('M495 96H495V4H1000');
});

it('stays in its box, whatever the sizes', () => {
  const points = fc.array(fc.tuple(fc.nat(10_000), fc.nat(200_000)), { minLength: 2 });
  fc.assert(
    fc.property(points, (drawn) => {
      const sorted = drawn.toSorted(([a], [b]) => a - b).map(([at, size]) => point(at, size));
      const chart = sizeChart(sorted);
      const numbers = chart?.line.match(/-?\d+(\.\d+)?/g)?.map(Number) ?? [];
      expect(numbers).toHaveLength(2 * sorted.length + 1);
      for (const [i, value] of numbers.entries()) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(i % 2 === 0 ? 1000 : 100);
      }
    }),
  );
});
