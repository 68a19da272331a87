import { describe, expect, it } from 'vitest';
import { slackText } from '../../src/notifications/sending/slack-text.js';
import { bodyOf, changeOf } from './support/message-bodies.js';

const LINK = '<https://rollcall.example.com/a?b&amp;c|Open in Rollcall>';

describe('a message in Slack', () => {
  it('names people, how many there are, and a link', () => {
    const changes = Array.from({ length: 12 }, (_, i) => changeOf({ login: `user-${i}` }));
    const lines = slackText(bodyOf('member.left', changes, 1_500)).split('\n');
    expect(lines).toHaveLength(13);
    expect(lines.slice(0, 2)).toEqual(['*acme*: 1,500 members left', '• user-0']);
    expect(lines.slice(-2)).toEqual(['… and 1,490 more', LINK]);
  });

  it('lets nothing from GitHub make a link or mention anybody', () => {
    const login = '<!channel> & <https://evil.example|here>';
    const text = slackText(bodyOf('member.left', [changeOf({ login })]));
    expect(text).toContain('&lt;!channel&gt; &amp; &lt;https://evil.example|here&gt;');
    expect(text.replace(LINK, '')).not.toMatch(/[<>]/);
  });

  it.each([
    ['member.renamed', changeOf({ kind: 'renamed', before: { login: 'old' } }), 'old is now ada'],
    [
      'member.role_changed',
      changeOf({ kind: 'role', before: { role: 'member' }, after: { role: 'admin' } }),
      'ada: member → admin',
    ],
    [
      'team.changed',
      changeOf({ kind: 'team_joined', after: { githubTeam: 'core' } }),
      'ada joined core',
    ],
    ['team.changed', changeOf({ kind: 'team_deleted', login: 'core' }), 'core was deleted'],
  ] as const)('says what changed: %s', (type, one, line) => {
    expect(slackText(bodyOf(type, [one])).split('\n')[1]).toBe(`• ${line}`);
  });
});
