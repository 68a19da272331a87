import { BullModule, getQueueToken, Process, Processor } from '@nestjs/bull';
import { Injectable, Module, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { Queue } from 'bull';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import { ConfigModule } from '../../src/config/config.module.js';
import { MEMBER_SYNC_QUEUE, QueueModule } from '../../src/platform/queue/queue.module.js';
import { createRedisDatabase } from '../support/servers/redis-database.js';
import { Signal } from '../support/signal.js';

const handled = new Signal();

@Processor(MEMBER_SYNC_QUEUE)
class One {
  @Process()
  async handle(): Promise<void> {
    handled.give();
  }
}

@Processor(MEMBER_SYNC_QUEUE)
class Another {
  @Process()
  async handle(): Promise<void> {}
}

const embedded = async () => loadConfig({});
const scaled = async () =>
  loadConfig({
    REDIS_URL: await createRedisDatabase(),
    DATABASE_URL: 'mysql://127.0.0.1/none',
    SECRET_KEY: 'a'.repeat(64),
  });

describe.each([
  ['in-process', embedded],
  ['Bull', scaled],
] as const)('the processors of the queue, %s', (_, configure) => {
  async function start(...processors: Type[]) {
    const app = await Test.createTestingModule({
      imports: [ConfigModule.forRoot(await configure()), QueueModule.forRoot({ consumes: true })],
      providers: processors,
    }).compile();
    onTestFinished(() => app.close());
    return app;
  }

  it("are connected by Nest's own explorer", async () => {
    const app = await start(One);
    await app.init();
    const queue = app.get<Queue>(getQueueToken(MEMBER_SYNC_QUEUE));
    await queue.add({});
    await handled.given;
  });

  it('must not be missing', async () => {
    const app = await start();
    await expect(app.init()).rejects.toThrow(
      "The queue 'member-sync' has no processor; provide a class with @Processor('member-sync').",
    );
  });

  it('must not be two', async () => {
    const app = await start(One, Another);
    await expect(app.init()).rejects.toThrow(
      "The queue 'member-sync' has two processors; remove one @Processor('member-sync').",
    );
  });
});

describe("Nest's explorer", () => {
  it('drives a processor with whatever stands behind the token, given a registerQueue() without arguments', async () => {
    const calls: unknown[][] = [];
    @Injectable()
    class Fake {
      process(...given: unknown[]): void {
        calls.push(given);
      }
    }
    @Module({
      imports: [BullModule.registerQueue()],
      providers: [One, { provide: getQueueToken(MEMBER_SYNC_QUEUE), useClass: Fake }],
    })
    class Minimal {}
    const app = await Test.createTestingModule({ imports: [Minimal] }).compile();
    onTestFinished(() => app.close());
    await app.init();
    expect(calls).toEqual([[expect.any(Function)]]);
  });
});
