import { expect, it } from 'vitest';
import { DeliveryLimits } from '../../src/integrations/webhooks/receiving/delivery-limits.js';

const MIB = 1024 * 1024;

function entered(limits: DeliveryLimits) {
  const place = limits.enter();
  if (!place) throw new Error('There is no place.');
  return place;
}

it('takes 2,000 deliveries at once', () => {
  const limits = new DeliveryLimits();
  const places = Array.from({ length: 2_000 }, () => entered(limits));
  expect(limits.enter()).toBeUndefined();
  places[0]?.leave();
  entered(limits);
  expect(limits.enter()).toBeUndefined();
});

it('holds 64 MiB of small bodies', () => {
  const limits = new DeliveryLimits();
  const places = Array.from({ length: 64 }, () => entered(limits));
  for (const place of places) expect(place.hold(MIB)).toBe(true);
  const one = entered(limits);
  expect(one.hold(1)).toBe(false);
  one.leave();
  places[0]?.release();
  expect(entered(limits).hold(MIB)).toBe(true);
});

it('holds 32 MiB of large bodies, and leaves the rest to small ones', () => {
  const limits = new DeliveryLimits();
  const large = entered(limits);
  for (let i = 0; i < 20; i++) expect(large.hold(MIB)).toBe(true);
  const second = entered(limits);
  for (let i = 0; i < 12; i++) expect(second.hold(MIB)).toBe(true);
  expect(second.hold(1)).toBe(false);
  second.leave();
  const small = Array.from({ length: 44 }, () => entered(limits));
  for (const place of small) expect(place.hold(MIB)).toBe(true);
  large.leave();
  for (const place of small) place.leave();
  const again = Array.from({ length: 64 }, () => entered(limits));
  for (const place of again) expect(place.hold(MIB)).toBe(true);
});
