import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import { configErrorOf } from './support/config-error.js';

describe.each(['PUBLIC_URL', 'GITHUB_API_URL'])('%s', (name) => {
  it.each([
    'https://ada:secret@rollcall.example',
    'https://ada@rollcall.example',
    'https://rollcall.example/?a=secret',
    'https://rollcall.example?',
    'https://rollcall.example/#secret',
    'ftp://rollcall.example',
    'rollcall.example',
  ])('is refused as %s', (value) => {
    const { variable, message } = configErrorOf({ [name]: value });
    expect(variable).toBe(name);
    expect(message).not.toMatch(/secret|\n/);
  });
});

it('may have a path', () => {
  const { publicUrl, github } = loadConfig({
    PUBLIC_URL: 'https://example.com/rollcall/',
    GITHUB_API_URL: 'https://ghe.example.com/api/v3',
  });
  expect(publicUrl).toBe('https://example.com/rollcall');
  expect(github.apiUrl).toBe('https://ghe.example.com/api/v3');
});
