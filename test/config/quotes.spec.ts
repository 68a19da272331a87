import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import { environment } from '../../src/config/environment.js';
import { SECRETS } from '../../src/config/secret-files.js';
import { configErrorOf } from './support/config-error.js';

const variables = [...Object.keys(environment.shape), ...SECRETS.map((name) => `${name}_FILE`)];

it.each(variables)('refuses quotes around %s in one line', (name) => {
  for (const quoted of [`"${VALUE}"`, `'${VALUE}'`, '""']) {
    const { variable, message } = configErrorOf({ [name]: quoted });
    expect(variable).toBe(name);
    expect(message).toContain('quotes');
    expect(message).not.toContain('\n');
    expect(message).not.toContain(VALUE);
  }
});

const VALUE = './a value';

it.each([`"${VALUE}`, `${VALUE}'`, `"${VALUE}'`, 'a"b"c', '"'])('takes %s as it is', (value) => {
  const { admin } = loadConfig({ ADMIN_PASSWORD: value.padStart(12, 'x') });
  expect(admin.password).toBe(value.padStart(12, 'x'));
});

it('leaves the variables of other programs alone', () => {
  expect(() => loadConfig({ PS1: '"$"', EDITOR: "'vi'" })).not.toThrow();
});
