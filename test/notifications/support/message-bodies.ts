import type { MessageBody, ToldChange } from '../../../src/notifications/messages/message-body.js';

const integration = { id: 1, organizationId: 2, organizationLogin: 'acme', apiUrl: 'https://x' };

export const changeOf = (values: Partial<ToldChange>): ToldChange => ({
  ...{ githubId: 1, login: 'ada', kind: 'left', before: null, after: null },
  ...{ madeBy: null, madeAt: '2026-11-29T09:30:00.000Z', githubTeamId: null },
  ...values,
});

export const bodyOf = (type: MessageBody['type'], changes: ToldChange[], total = changes.length) =>
  ({
    ...{ type, timestamp: '2026-11-29T09:30:00.000Z' },
    data: { integration, run: null, url: 'https://rollcall.example.com/a?b&c', total, changes },
  }) satisfies MessageBody;
