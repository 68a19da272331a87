import { expect, it } from 'vitest';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { differences } from '../../src/members/past/member-difference.js';

const TO = new Date('2026-03-10T00:00:00Z');

const member = (githubId: number, values: Partial<Member> = {}): Member =>
  Object.assign(new Member(), {
    ...{ githubId, login: `m-${githubId}`, name: '', email: '', avatarUrl: '', nodeId: '' },
    ...{ role: 'member', status: 'active', present: true, twoFactorEnabled: null },
    ...{ suspended: null, githubType: null },
    ...values,
  });

let id = 1_000;
const change = (githubId: number, day: number, before: MemberChange['before']): MemberChange =>
  Object.assign(new MemberChange(), {
    ...{ id: id--, githubId, before, madeAt: new Date(`2026-03-0${day}T12:00:00Z`) },
  });

const IN = { status: 'active', present: true } as const;
const OUT = { status: 'left', present: false } as const;

it('tells who joined, left and changed on balance', () => {
  const people = [
    member(1),
    member(2, OUT),
    member(3, { login: 'new' }),
    member(4),
    member(5),
    member(6, { role: 'admin' }),
    member(7, { status: 'disabled' }),
  ];
  const changes = [
    change(1, 2, null),
    change(2, 2, IN),
    change(3, 3, { login: 'middle' }),
    change(3, 2, { login: 'old' }),
    // Left and came back.
    change(4, 3, OUT),
    change(4, 2, IN),
    // Came back.
    change(5, 2, OUT),
    // Later than the second moment.
    Object.assign(change(6, 2, { role: 'member' }), { madeAt: new Date('2026-03-11T00:00:00Z') }),
    change(7, 2, { status: 'active' }),
  ];
  const found = differences(people, changes, TO).map(({ githubId, kind, before, after }) => ({
    githubId,
    kind,
    before,
    after,
  }));
  expect(found).toEqual([
    { githubId: 1, kind: 'joined', before: null, after: expect.objectContaining({ login: 'm-1' }) },
    { githubId: 2, kind: 'left', before: IN, after: OUT },
    { githubId: 3, kind: 'changed', before: { login: 'old' }, after: { login: 'new' } },
    { githubId: 5, kind: 'joined', before: OUT, after: IN },
    { githubId: 7, kind: 'changed', before: { status: 'active' }, after: { status: 'disabled' } },
  ]);
});

it('leaves out who joined only after the second moment', () => {
  const later = Object.assign(change(1, 2, null), { madeAt: new Date('2026-03-11T00:00:00Z') });
  expect(differences([member(1)], [later], TO)).toEqual([]);
});
