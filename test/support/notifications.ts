import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { EVENT_TYPES } from '../../src/integrations/outbox/event-types.js';
import { OutboxEntry } from '../../src/integrations/outbox/outbox-entry.entity.js';
import type { ChannelSettings } from '../../src/notifications/channels/channel-settings.js';
import { NotificationChannels } from '../../src/notifications/channels/notification-channels.service.js';
import { NotificationDelivery } from '../../src/notifications/delivery/notification-delivery.entity.js';
import { NotificationSweeper } from '../../src/notifications/delivery/notification-sweeper.js';
import type { MessageBody } from '../../src/notifications/messages/message-body.js';
import type { Service as WholeService } from './service.js';
import { until } from './until.js';

/** What a test needs of a running service. */
type Service = Pick<WholeService, 'dataSource'> & { app: Pick<WholeService['app'], 'get'> };

/** Local receivers are allowed, and only the test sweeps. */
export const NOTIFYING = { ALLOW_PRIVATE_API_URLS: 'true', SWEEP_SECONDS: '600' };

/** What a receiver got. */
export interface Received {
  path: string;
  headers: Record<string, string>;
  text: string;
  body: MessageBody;
}

export type Answer = (response: ServerResponse, got: Received) => void;

const accept: Answer = (response) => void response.writeHead(204).end();

/** Something that messages are sent to. It accepts everything until a test says otherwise. */
export class Receiver {
  readonly received: Received[] = [];
  answer: Answer = accept;

  private constructor(readonly url: string) {}

  static async start(): Promise<Receiver> {
    const server = createServer((request, response) => receiver.handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const receiver = new Receiver(`http://127.0.0.1:${port}/hook`);
    return receiver;
  }

  /** The types, in the order in which they came. */
  get types(): string[] {
    return this.received.map(({ body }) => body.type);
  }

  fail(status: number, headers: Record<string, string> = {}): void {
    this.answer = (response) => void response.writeHead(status, headers).end('It failed.');
  }

  succeed(): void {
    this.answer = accept;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const text = Buffer.concat(parts).toString();
    const { url = '', headers } = request;
    const got = { path: url, headers: headers as Record<string, string>, text };
    this.received.push({ ...got, body: JSON.parse(text) });
    this.answer(response, { ...got, body: JSON.parse(text) });
  }
}

/** A channel of the team `default` that is told everything. */
export const addChannel = (
  { app }: Service,
  address: string | undefined,
  settings: Partial<ChannelSettings> & { teamId?: number } = {},
) =>
  app.get(NotificationChannels, { strict: false }).create(settings.teamId ?? 1, {
    ...{ kind: 'webhook', name: 'Operations', events: EVENT_TYPES, integrationIds: null },
    ...settings,
    address,
  });

/** For `storeMessage`: the channel is told at once. */
export const atOnce = (channelId: number) => ({
  ...{ channelId, forDigest: false, nextTryAt: new Date() },
});

export const sweep = ({ app }: Service): Promise<void> =>
  app.get(NotificationSweeper, { strict: false }).sweep();

export const deliveriesOf = ({ dataSource }: Service, channelId?: number) =>
  dataSource.manager.find(NotificationDelivery, {
    where: channelId === undefined ? {} : { channelId },
    order: { id: 'ASC' },
    relations: { message: true },
  });

/** Sweeps until so many tries were stored in all; returns the deliveries. */
export function tried(service: Service, attempts: number): Promise<NotificationDelivery[]> {
  return until(async () => {
    await sweep(service);
    const deliveries = await deliveriesOf(service);
    const all = deliveries.reduce((sum, one) => sum + one.attempts, 0);
    return all >= attempts && deliveries;
  });
}

/** Sweeps until the outbox is empty and nothing is pending any more; returns the deliveries. */
export function settled(service: Service, channelId?: number): Promise<NotificationDelivery[]> {
  return until(async () => {
    await sweep(service);
    if ((await service.dataSource.manager.count(OutboxEntry)) > 0) return undefined;
    const deliveries = await deliveriesOf(service, channelId);
    return deliveries.every(({ state }) => state !== 'pending') && deliveries;
  });
}

/** Sweeps until nothing is due now; returns the first delivery that waits, undefined where all have ended. */
export const nothingDue = (
  service: Service,
): Promise<{ first: NotificationDelivery | undefined }> =>
  until(async () => {
    await sweep(service);
    const deliveries = await deliveriesOf(service);
    const first = deliveries.find(({ state }) => state === 'pending');
    const isOver = !first || first.nextTryAt.getTime() > Date.now();
    return deliveries.length > 0 && isOver && { first };
  });
