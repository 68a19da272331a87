import { describe, expect, it } from 'vitest';
import { emailText } from '../../src/notifications/sending/email-text.js';
import { bodyOf, changeOf } from './support/message-bodies.js';

describe('a message as an email', () => {
  it('names people, how many there are, and a link', () => {
    const changes = Array.from({ length: 60 }, (_, i) => changeOf({ login: `user-${i}` }));
    const { subject, text } = emailText(bodyOf('member.left', changes, 1_500));
    expect(subject).toBe('[acme] 1,500 members left');
    const lines = text.split('\n');
    expect(lines.slice(0, 3)).toEqual(['acme: 1,500 members left', '', '- user-0']);
    expect(lines.slice(-4)).toEqual([
      '… and 1,450 more',
      '',
      'Open in Rollcall: https://rollcall.example.com/a?b&c',
      '',
    ]);
  });

  it('has no HTML that comes from GitHub', () => {
    const login = '</li><img src="x"> & co';
    const { html } = emailText(bodyOf('member.left', [changeOf({ login })]));
    expect(html).toContain('<li>&lt;/li&gt;&lt;img src=&quot;x&quot;&gt; &amp; co</li>');
    expect(html).toContain('<a href="https://rollcall.example.com/a?b&amp;c">');
  });

  it('has its subject on one line', () => {
    const body = bodyOf('member.left', []);
    const integration = {
      ...body.data.integration,
      organizationLogin: 'ac\r\nBcc: eve@example.com',
    };
    const { subject } = emailText({ ...body, data: { ...body.data, integration } });
    expect(subject).not.toMatch(/[\r\n]/);
  });
});
