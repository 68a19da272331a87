import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { ways } from '../support/service.js';
import { type Span, startCollector } from './support/collector.js';
import { METRICS_TOKEN } from './support/scrape.js';
import { endOf, watched } from './support/watched.js';

// Processes start slowly on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const [, scaled] = ways;

const tellPackages = fileURLToPath(new URL('support/tell-packages.mjs', import.meta.url));

const named = (spans: Span[], name: string): Span => {
  const found = spans.find((span) => span.name === name);
  if (found) return found;
  throw new Error(`There is no ${name} in ${spans.map((span) => span.name).join(', ')}`);
};

const CLICK = 'POST /integrations/github/:id/members/sync';

/** The trace of the click, from which each span must be reached. */
function expectOneTrace(spans: Span[], roles: { web: string; worker: string }): void {
  const click = named(spans, CLICK);
  const trace = spans.filter(({ traceId }) => traceId === click.traceId);
  const queue = named(trace, 'queue member sync');
  const run = named(trace, 'member sync');
  const list = named(trace, 'GET /orgs/{org}/members');
  expect(click).toMatchObject({ kind: 2, parentSpanId: undefined, role: roles.web });
  expect(queue).toMatchObject({ kind: 4, parentSpanId: click.spanId, role: roles.web });
  expect(run).toMatchObject({ kind: 5, parentSpanId: queue.spanId, role: roles.worker });
  expect(list).toMatchObject({ kind: 3, parentSpanId: run.spanId, attributes: { status: 200 } });
  expect(named(trace, 'POST /graphql').parentSpanId).toBe(run.spanId);
  const writes = trace.filter(({ name }) => name === 'database transaction');
  expect(writes.map(({ parentSpanId }) => parentSpanId)).toContain(run.spanId);
  expect(writes.map(({ parentSpanId }) => parentSpanId)).toContain(click.spanId);
  const known = new Set(trace.map(({ spanId }) => spanId));
  const roots = trace.filter(({ parentSpanId = '' }) => !known.has(parentSpanId));
  expect(roots).toEqual([click]);
  expect(run.attributes).toMatchObject({ runId: queue.attributes.runId, trigger: 'manual' });
}

describe('with a collector, a click is one trace to GitHub and the database', () => {
  it('embedded', async () => {
    const collector = await startCollector();
    const { start, signIn, click, synced } = await watched({
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
    });
    const server = start(['serve']);
    const client = await signIn(await server.ready);
    await click(client, 'click');
    await synced(client);
    await endOf(server);
    expectOneTrace(collector.spans, { web: 'all', worker: 'all' });
  });

  it('scaled, across two processes', async () => {
    const collector = await startCollector();
    const { env, start, signIn, click, synced } = await watched({
      ...scaled,
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
    });
    env.ROLE = 'web';
    const web = start(['serve']);
    env.ROLE = 'worker';
    const worker = start(['serve']);
    await worker.waitForLine(/worker is ready/);
    const client = await signIn(await web.ready);
    await click(client, 'click');
    await synced(client);
    await Promise.all([endOf(worker), endOf(web)]);
    expectOneTrace(collector.spans, { web: 'web', worker: 'worker' });
  });
});

it('continues the trace of a proxy', async () => {
  const collector = await startCollector();
  const { start, signIn } = await watched({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
  });
  const server = start(['serve']);
  const client = await signIn(await server.ready);
  const [trace, span] = ['1'.repeat(32), '2'.repeat(16)];
  await client.get('/integrations', { traceparent: `00-${trace}-${span}-01` });
  await client.get('/audit', { traceparent: `00-${'0'.repeat(32)}-${span}-01` });
  await endOf(server);
  const of = (name: string) => named(collector.spans, name);
  expect(of('GET /integrations')).toMatchObject({ traceId: trace, parentSpanId: span });
  expect(of('GET /audit').parentSpanId).toBeUndefined();
});

it('ends and says so where the collector does not answer', async () => {
  const { start, signIn } = await watched({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' },
  });
  const lonely = start(['serve']);
  await signIn(await lonely.ready);
  const stderr = await endOf(lonely);
  expect(await lonely.exited).toEqual({ code: 0, signal: null });
  expect(stderr).toMatch(/Traces are lost|traces could not be sent/);
});

describe('what is loaded', () => {
  const loaded = async (more: Record<string, string>) => {
    const { env, start } = await watched();
    Object.assign(env, { NODE_OPTIONS: `--import ${tellPackages}` }, more);
    const server = start(['serve']);
    await server.ready;
    const stderr = await endOf(server);
    return [...stderr.matchAll(/^LOADED (\S+)$/gm)].map(([, name]) => name).sort();
  };

  it('is only the log, where nothing else is set', async () => {
    expect(await loaded({})).toEqual(['pino']);
  });

  it('is all that is set', async () => {
    const env = {
      METRICS_TOKEN,
      OTEL_EXPORTER_OTLP_ENDPOINT: (await startCollector()).url,
      LOG_FORMAT: 'pretty',
    };
    expect(await loaded(env)).toEqual(['@opentelemetry', 'pino', 'pino-pretty', 'prom-client']);
  });

  it('is nothing of it by a command', async () => {
    const { env, start } = await watched();
    Object.assign(env, { NODE_OPTIONS: `--import ${tellPackages}`, METRICS_TOKEN });
    const command = start(['members', 'acme']);
    expect(await command.exited).toMatchObject({ code: 0 });
    expect(command.stderr).not.toContain('LOADED');
  });
});
