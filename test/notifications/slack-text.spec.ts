import { describe, expect, it } from 'vitest';
import type { MessageBody, ToldChange } from '../../src/notifications/messages/message-body.js';
import { slackText } from '../../src/notifications/sending/slack-text.js';

const integration = { id: 1, organizationId: 2, organizationLogin: 'acme', apiUrl: 'https://x' };

const change = (values: Partial<ToldChange>): ToldChange => ({
  ...{ githubId: 1, login: 'ada', kind: 'left', before: null, after: null },
  ...{ madeBy: null, madeAt: '2026-11-29T09:30:00.000Z', githubTeamId: null },
  ...values,
});

const body = (type: MessageBody['type'], changes: ToldChange[], total = changes.length) =>
  ({
    ...{ type, timestamp: '2026-11-29T09:30:00.000Z' },
    data: { integration, run: null, url: 'https://rollcall.example.com/a?b&c', total, changes },
  }) satisfies MessageBody;

const LINK = '<https://rollcall.example.com/a?b&amp;c|Open in Rollcall>';

describe('a message in Slack', () => {
  it('names people, how many there are, and a link', () => {
    const changes = Array.from({ length: 12 }, (_, i) => change({ login: `user-${i}` }));
    const lines = slackText(body('member.left', changes, 1_500)).split('\n');
    expect(lines).toHaveLength(13);
    expect(lines.slice(0, 2)).toEqual(['*acme*: 1,500 members left', '• user-0']);
    expect(lines.slice(-2)).toEqual(['… and 1,490 more', LINK]);
  });

  it('lets nothing from GitHub make a link or mention anybody', () => {
    const login = '<!channel> & <https://evil.example|here>';
    const text = slackText(body('member.left', [change({ login })]));
    expect(text).toContain('&lt;!channel&gt; &amp; &lt;https://evil.example|here&gt;');
    expect(text.replace(LINK, '')).not.toMatch(/[<>]/);
  });

  it.each([
    ['member.renamed', change({ kind: 'renamed', before: { login: 'old' } }), 'old is now ada'],
    [
      'member.role_changed',
      change({ kind: 'role', before: { role: 'member' }, after: { role: 'admin' } }),
      'ada: member → admin',
    ],
    [
      'team.changed',
      change({ kind: 'team_joined', after: { githubTeam: 'core' } }),
      'ada joined core',
    ],
    ['team.changed', change({ kind: 'team_deleted', login: 'core' }), 'core was deleted'],
  ] as const)('says what changed: %s', (type, one, line) => {
    expect(slackText(body(type, [one])).split('\n')[1]).toBe(`• ${line}`);
  });
});
