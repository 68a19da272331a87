import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import { checkAddress } from '../../src/notifications/channels/channel-address.js';
import { OutboundPost } from '../../src/notifications/sending/outbound-post.js';
import { listener } from '../support/unreachable.js';

describe('the address of a channel', () => {
  it.each([
    'not a url',
    'ftp://hooks.example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user:secret@hooks.example.com/',
    'https://hooks.example.com/#here',
    `https://hooks.example.com/${'x'.repeat(2_000)}`,
  ])('is refused where it is no plain address: %s', (address) => {
    for (const isTrusted of [true, false])
      expect(() => checkAddress(address, isTrusted)).toThrow(
        expect.objectContaining({ code: 'channel_address_invalid' }),
      );
  });

  it.each(['http://hooks.example.com/', 'https://10.0.0.1/', 'https://[::1]/', 'https://127.1/'])(
    'is refused where it is not public, unless the operator allows it: %s',
    (address) => {
      expect(() => checkAddress(address, false)).toThrow(
        expect.objectContaining({ code: 'channel_address_not_allowed' }),
      );
      expect(checkAddress(address, true).href).toBe(new URL(address).href);
    },
  );

  it('may be a public https address with a path and a query', () => {
    const address = 'https://hooks.example.com/a/b?key=1';
    expect(checkAddress(address, false).href).toBe(address);
  });

  it.each(['127.0.0.1', '[::ffff:127.0.0.1]', '169.254.169.254', 'localhost'])(
    'reaches nothing on this machine or its network: %s',
    async (host) => {
      const { port, connections } = await listener();
      const outbound = new OutboundPost(loadConfig({}));
      const content = { headers: {}, body: '{}' };
      expect(await outbound.send(`https://${host}:${port}/`, content)).toMatchObject({
        ...{ isDelivered: false, status: null, answer: null },
        error: expect.stringContaining('is not a public address'),
      });
      expect(connections()).toBe(0);
    },
  );
});
