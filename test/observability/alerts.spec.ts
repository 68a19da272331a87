import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startPages } from '../pages/support/pages.js';
import { syncToEnd } from '../support/runs.js';
import { Child } from '../support/servers/child.js';
import { ways } from '../support/service.js';
import { ask, METRICS_TOKEN, type Sample, samplesOf, scrape } from './support/scrape.js';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const rules = read('ops/alerts.yaml');
const dashboard = JSON.parse(read('ops/grafana-dashboard.json')) as {
  panels: { targets: { expr: string }[] }[];
};

/** The expressions of the panels, and the rules with all that is in them. */
const expressions = [
  rules,
  ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
];

const metricsIn = (text: string): string[] =>
  [...text.matchAll(/\brollcall_\w+/g)].map(([name]) => name);

/** The labels of each metric that is named with some: in braces behind it, or by which it is grouped. */
const labelsIn = (text: string): string[] =>
  [...text.matchAll(/\{([^{}$]*)\}|\bby \(([^)]*)\)/g)].flatMap(
    ([, matched = '', grouped = '']) => [
      ...[...matched.matchAll(/(\w+)(?==|!=|=~|!~)/g)].map(([, name = '']) => name),
      ...grouped.split(/,\s*/).filter(Boolean),
    ],
  );

const alerts = [...rules.matchAll(/alert: (\w+)/g)].map(([, name = '']) => name);

/** Prometheus adds these to each sample. */
const OF_THE_SCRAPE = ['job', 'instance'];

async function promtool(args: string[], stdin?: string) {
  const child = new Child(['promtool', ...args], { env: process.env, cwd: ROOT });
  child.writeInput(stdin);
  const { code } = await child.exited;
  return { code, said: child.stdout + child.stderr };
}

async function samplesOfBothWays(): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const way of ways) {
    const { service, integration } = await startPages({ ...way, env: { METRICS_TOKEN } });
    await syncToEnd(service, integration.id);
    samples.push(...(await scrape(service.url)));
  }
  return samples;
}

describe('the alerts and the dashboard', () => {
  it('use metrics and labels that are there', async () => {
    const samples = await samplesOfBothWays();
    const names = new Set(samples.map(({ name }) => name));
    const labels = new Set(samples.flatMap((sample) => Object.keys(sample.labels)));
    const used = expressions.flatMap(metricsIn);
    expect(used.length).toBeGreaterThan(30);
    // What has labels has values only once something happened; these wait for a limit, and for a failure.
    const rare = ['rollcall_github_waits_total', 'rollcall_github_wait_seconds_total'];
    const later = [...rare, 'rollcall_metrics_failures_total', 'rollcall_unfinished_runs'];
    expect([...new Set(used)].filter((name) => !names.has(name) && !later.includes(name))).toEqual(
      [],
    );
    const known = [...labels, ...OF_THE_SCRAPE, 'reason', 'source'];
    expect(expressions.flatMap(labelsIn).filter((label) => !known.includes(label))).toEqual([]);
  });

  it('have a section of the docs for each alert', () => {
    const sections = [...read('docs/alerts.md').matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
    expect(sections).toEqual(alerts);
    expect(alerts.length).toBeGreaterThan(10);
  });
});

describe('promtool', () => {
  it('finds nothing wrong in the rules', async () => {
    expect(await promtool(['check', 'rules', 'ops/alerts.yaml'])).toMatchObject({ code: 0 });
  });

  it('sees each alert fire on recorded values, and not before', async () => {
    const tested = read('ops/alerts.test.yaml');
    for (const alert of alerts) {
      expect(tested).toContain(`{ alertname: ${alert}, eval_time:`);
      expect(tested).toContain(`- alertname: ${alert}\n`);
    }
    const { code, said } = await promtool(['test', 'rules', 'ops/alerts.test.yaml']);
    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('SUCCESS') });
  });

  it('finds nothing wrong in the names of our metrics', async () => {
    const { service, integration } = await startPages({ env: { METRICS_TOKEN } });
    await syncToEnd(service, integration.id);
    const text = await (await ask(service.url)).text();
    expect(samplesOf(text).length).toBeGreaterThan(100);
    const { said } = await promtool(['check', 'metrics'], text);
    // These are of prom-client.
    const ours = said.split('\n').filter((line) => !/^rollcall_(nodejs|process)_/.test(line));
    expect(ours.filter(Boolean)).toEqual([]);
  });
});
