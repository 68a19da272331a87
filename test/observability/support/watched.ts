import { stage } from '../../cli/support/stage.js';
import type { StartedProcess } from '../../support/process.js';
import type { ServiceOptions } from '../../support/service.js';
import { until } from '../../support/until.js';
import { WebClient } from '../../support/web-client.js';

type StageOptions = ServiceOptions & { members?: number };

/** Rollcall as processes, with `acme` connected, and a browser of the first administrator. */
export async function watched(options: StageOptions = {}) {
  const one = await stage(options);
  const { id } = await one.connect();
  const members = `/integrations/github/${id}/members`;
  return {
    ...one,
    integrationId: id,
    signIn: async (url: string) => {
      const client = new WebClient(url);
      const password = one.env.ADMIN_PASSWORD ?? '';
      await client.post('/sign-in', { email: 'admin@localhost', password });
      return client;
    },
    /** Asks for a sync, as the button does. */
    click: (client: WebClient, requestId: string) =>
      client.post(`${members}/sync`, {}, { 'HX-Request': 'true', 'X-Request-Id': requestId }),
    /** Waits until the open page shows the end of the sync. */
    synced: (client: WebClient) =>
      until(async () => {
        const { text } = await client.get(`${members}/sync/progress`, { 'HX-Request': 'true' });
        return !text.includes('hx-trigger') && text;
      }),
  };
}

/** Ends a server, and returns all that it wrote to stderr. */
export async function endOf(server: StartedProcess): Promise<string> {
  server.signal('SIGTERM');
  await server.exited;
  return server.stderr;
}
