import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import { configErrorOf } from './support/config-error.js';

const MAIL_FROM = 'rollcall@example.com';
const mailOf = (SMTP_URL: string, from = MAIL_FROM) =>
  loadConfig({ SMTP_URL, MAIL_FROM: from }).mail;

describe('SMTP_URL', () => {
  it('says where to send, by which port, as whom, and whether by TLS from the beginning', () => {
    expect(mailOf('smtp://mail.example.com')).toEqual({
      ...{ host: 'mail.example.com', port: 587, isSecure: false, auth: undefined },
      from: { name: '', address: MAIL_FROM },
    });
    expect(mailOf('smtps://rollcall%40example.com:p%3Aw%20d@[::1]:2465/')).toMatchObject({
      ...{ host: '::1', port: 2465, isSecure: true },
      auth: { user: 'rollcall@example.com', pass: 'p:w d' },
    });
    expect(mailOf('smtps://mail.example.com')).toMatchObject({ port: 465 });
    expect(loadConfig({}).mail).toBeUndefined();
  });

  it.each([
    'http://u:geheim@mail',
    'smtp://u:geheim@mail/path',
    'smtp://u:geheim@mail/#x',
    'smtp://u:geheim@mail?rejectUnauthorized=false',
    'smtp://:geheim@mail',
    'smtp://u@mail',
    'smtp://',
  ])('is refused as %s', (SMTP_URL) => {
    const { variable, message } = configErrorOf({ SMTP_URL, MAIL_FROM });
    expect(variable).toBe('SMTP_URL');
    expect(message).not.toMatch(/geheim|\n/);
  });

  it('and MAIL_FROM are set together', () => {
    expect(configErrorOf({ SMTP_URL: 'smtp://mail' }).variable).toBe('MAIL_FROM');
    expect(configErrorOf({ MAIL_FROM }).variable).toBe('SMTP_URL');
  });
});

describe('MAIL_FROM', () => {
  it('may have a name', () => {
    expect(mailOf('smtp://mail', 'Rollcall, Acme <rollcall@example.com>')?.from).toEqual({
      ...{ name: 'Rollcall, Acme', address: MAIL_FROM },
    });
  });

  it.each(['rollcall', 'Rollcall <rollcall>', '<a@example.com> x', 'a@example.com, b@example.com'])(
    'is refused as %s',
    (from) => {
      const { variable } = configErrorOf({ SMTP_URL: 'smtp://mail', MAIL_FROM: from });
      expect(variable).toBe('MAIL_FROM');
    },
  );
});
