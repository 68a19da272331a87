import 'reflect-metadata';
import { EventEmitter, on } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { TeamsService } from '../../../dist/accounts/users/teams.service.js';
import { AppModule } from '../../../dist/app.module.js';
import { loadConfig } from '../../../dist/config/config.js';
import { IntegrationConnector } from '../../../dist/integrations/connecting/integration-connector.js';
import { MemberSyncRunner } from '../../../dist/integrations/member-sync/member-sync-runner.js';
import { MemberSyncRequests } from '../../../dist/integrations/runs/member-sync-requests.js';
import { MemberSyncRun } from '../../../dist/integrations/runs/member-sync-run.entity.js';
import { StderrLogger } from '../../../dist/platform/process/stderr-logger.js';
import { answerCalls } from './calls.mjs';

// Rollcall as `serve` has it, without the web: it asks for runs, and its own queue hands them to its own processor.
const app = await NestFactory.createApplicationContext(
  AppModule.forServer(loadConfig(process.env)),
  { logger: new StderrLogger('warn', { traces: true }), abortOnError: false },
);
const get = (token) => app.get(token, { strict: false });
const dataSource = get(DataSource);
const WATCHED = [
  'members',
  'member_changes',
  'organization_invitations',
  'github_teams',
  'github_team_members',
];
const executions = new EventEmitter();
let statements = 0;
let integrationId = 0;
countStatements();
announceExecutions();

answerCalls({ connect, sync: profiled, watchWrites, rowsWritten, close: () => app.close() });

async function connect(organization, token) {
  const { id: teamId } = await get(TeamsService).get('default');
  const { integration } = await get(IntegrationConnector).connect({ teamId, organization, token });
  integrationId = integration.id;
}

async function profiled(path) {
  if (!path) return sync();
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  const report = await sync();
  const { profile } = await session.post('Profiler.stop');
  await writeFile(path, JSON.stringify(profile));
  return report;
}

/** Asks for a run, and tells how it went once it is finished; a run that has to wait is executed several times. */
async function sync() {
  const ends = on(executions, 'end');
  const before = { at: performance.now(), statements, cpu: process.cpuUsage() };
  const request = { integrationId, trigger: 'manual', requestedBy: 'bench' };
  const { id } = await get(MemberSyncRequests).request(request);
  let looks = 0;
  for await (const [end] of ends) {
    const run = await dataSource.manager.findOneByOrFail(MemberSyncRun, { id });
    looks++;
    if (!run.finishedAt) continue;
    const { user, system } = process.cpuUsage(before.cpu);
    return {
      state: run.state,
      error: run.errorMessage,
      total: run.result?.total,
      wallMs: end.at - before.at,
      cpuMs: (user + system) / 1000,
      statements: end.statements - before.statements - (looks - 1),
      looks,
      peakMiB: peakMiB(),
    };
  }
}

/** Without looking at the database, which would count and take time: the end of an execution is the runner's own. */
function announceExecutions() {
  const runner = get(MemberSyncRunner);
  const run = runner.run.bind(runner);
  runner.run = async (id) => {
    const mine = await run(id);
    if (mine) executions.emit('end', { at: performance.now(), statements });
    return mine;
  };
}

function countStatements() {
  const silent = () => undefined;
  dataSource.logger = new Proxy(
    { logQuery: () => statements++ },
    { get: (logger, name) => logger[name] ?? silent },
  );
}

/** Of this program alone: `resourceUsage().maxRSS` begins with what the process that started us had. */
function peakMiB() {
  const [, kib] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(kib) / 1024;
}

/** The database itself notes each row about people and teams that is written, whoever writes it. */
async function watchWrites() {
  const insert = 'INSERT INTO bench_writes VALUES (1)';
  const body =
    dataSource.options.type === 'mysql' ? `FOR EACH ROW ${insert}` : `BEGIN ${insert}; END`;
  await dataSource.query('CREATE TABLE bench_writes (n INT)');
  for (const table of WATCHED)
    for (const event of ['INSERT', 'UPDATE', 'DELETE'])
      await dataSource.query(
        `CREATE TRIGGER bench_${table}_${event.toLowerCase()} AFTER ${event} ON ${table} ${body}`,
      );
}

async function rowsWritten() {
  const [{ n }] = await dataSource.query('SELECT COUNT(*) AS n FROM bench_writes');
  return Number(n);
}
