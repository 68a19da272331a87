import { expect, it } from 'vitest';
import { initials } from '../../src/admin/shared/initials.js';

it.each([
  ['Mara Lindqvist', 'ML'],
  ['José-María Ruiz', 'JR'],
  ['ada', 'A'],
  ["(Sam) O'Connor", 'SO'],
  ['李 小龍', '李小'],
  ['<T', 'T'],
  ['+(', 'OC'],
  ['🦀 <', 'OC'],
  ['  ', 'OC'],
  ['Ada 🦀', 'A'],
  ['7 of nine', '7N'],
])('the initials of %j are %s', (name, expected) => {
  expect(initials(name, 'octo-cat')).toBe(expected);
});
