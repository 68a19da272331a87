import { expect, it } from 'vitest';
import {
  evidenceHash,
  type HashedEvidence,
} from '../../../src/reviews/access-reviews/evidence-hash.js';

const EVIDENCE: HashedEvidence = {
  review: { id: 1, name: 'Zoë', counts: { keep: 1, total: 2 } },
  items: [
    { id: 1, login: 'ada', githubTeams: ['b', 'a'] },
    { id: 2, login: 'bob', githubTeams: [] },
  ],
  auditEntries: [{ id: 7, hash: 'x' }],
};

it('the hash of evidence does not depend on the order of keys', async () => {
  const hash = await evidenceHash(EVIDENCE);
  expect(hash).toBe('289a2c0c631416be904c6cb15fde574223ab965e54b87061e320a22fac2cb6db');
  const reordered = { ...EVIDENCE, review: { counts: { total: 2, keep: 1 }, name: 'Zoë', id: 1 } };
  expect(await evidenceHash(reordered)).toBe(hash);
});

it('the hash of evidence covers every value, and the order of the rows', async () => {
  const [one, other] = EVIDENCE.items as object[];
  const changed: HashedEvidence[] = [
    { ...EVIDENCE, review: { id: 1 } },
    { ...EVIDENCE, items: [one, { ...other, login: 'bo' }] },
    { ...EVIDENCE, items: [other, one] },
    { ...EVIDENCE, items: [one] },
    { ...EVIDENCE, items: [one, other, { id: 7, hash: 'x' }], auditEntries: [] },
    { ...EVIDENCE, items: [{ ...one, githubTeams: ['a', 'b'] }, other] },
  ];
  const hashes = await Promise.all([EVIDENCE, ...changed].map(evidenceHash));
  expect(new Set(hashes).size).toBe(7);
});
