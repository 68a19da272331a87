import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { FirstAdministrator } from './accounts/first-administrator.service.js';
import { sessions } from './accounts/sessions.js';
import { AppModule } from './app.module.js';
import { listen } from './commands/listen.js';
import { print, tell } from './commands/output.js';
import { closeOnSignal } from './commands/signals.js';
import { StderrLogger } from './commands/stderr-logger.js';
import type { Config } from './config/config.js';

const options = { logger: new StderrLogger('log', { traces: true }), abortOnError: false };

/** Runs the process that the role asks for, until a signal ends it. @throws Error that says why it cannot start */
export async function serve(config: Config): Promise<void> {
  if (config.role === 'worker') await startWorker(config);
  else await print(`Rollcall is ready on ${await startWeb(config)}\n`);
}

async function startWorker(config: Config): Promise<void> {
  const app = await NestFactory.createApplicationContext(AppModule.forServer(config), options);
  closeOnSignal(app);
  await print("Rollcall's worker is ready\n");
}

/**
 * Starts what answers requests, and where the role says so, what works on runs. Returns its address.
 * @param after what is done when a signal has closed it
 */
export async function startWeb(config: Config, after?: () => Promise<void>): Promise<string> {
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.forServer(config),
    options,
  );
  try {
    app.use(sessions(app));
    await tellFirstAdministrator(app);
    const address = await listen(app, config);
    config.publicUrl ??= address;
    closeOnSignal(app, after);
    return address;
  } catch (error) {
    await app.close();
    throw error;
  }
}

async function tellFirstAdministrator(app: INestApplicationContext): Promise<void> {
  const made = await app.get(FirstAdministrator).ensure();
  if (made?.generated)
    tell(`Sign in as ${made.email} with the password ${made.password} (shown this once).`);
}
