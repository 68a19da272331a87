import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export const SECRET = 'the secret of the hook';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server that takes deliveries. */
export class HookReceiver {
  readonly received: Received[] = [];
  /** What it answers; 0 for nothing at all. */
  status = 202;

  private constructor(readonly url: string) {}

  static async start(): Promise<HookReceiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const receiver = new HookReceiver(`http://127.0.0.1:${port}/hook`);
    server.on('request', async (incoming, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      receiver.received.push({
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      });
      if (receiver.status > 0) response.writeHead(receiver.status).end();
    });
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return receiver;
  }

  /** `event.action` of all that came, in the order it came. */
  get names(): string[] {
    return this.received.map(({ headers, body }) => {
      const { action } = JSON.parse(body) as { action?: string };
      return [headers['x-github-event'], action].filter(Boolean).join('.');
    });
  }

  payload<T = Record<string, unknown>>(index = -1): T {
    return JSON.parse(this.received.at(index)?.body ?? 'null') as T;
  }
}

export function isSigned({ headers, body }: Received, secret = SECRET): boolean {
  const digest = createHmac('sha256', secret).update(body).digest('hex');
  return headers['x-hub-signature-256'] === `sha256=${digest}`;
}
