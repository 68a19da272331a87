import { type Provider, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { loadConfig } from '../../../src/config/config.js';
import { configureWeb } from '../../../src/platform/web/configure-web.js';

/** A listening application of nothing but these controllers and what `configureWeb` gives it. */
export interface WebApp {
  url: string;
  /** The lines that it logged as errors. */
  errors: string[];
  /** Follows no redirect. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

interface Parts {
  controllers?: Type[];
  providers?: Provider[];
  publicUrl?: string;
}

export async function startWebApp(parts: Parts): Promise<WebApp> {
  const { controllers = [], providers = [], publicUrl } = parts;
  const errors: string[] = [];
  class TestModule {}
  const app = await NestFactory.create<NestExpressApplication>(
    { module: TestModule, controllers, providers },
    { logger: collecting(errors), forceCloseConnections: true },
  );
  configureWeb(app, loadConfig({ PUBLIC_URL: publicUrl }));
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace(/\/$/, '');
  return {
    url,
    errors,
    fetch: (path, init) => fetch(url + path, { redirect: 'manual', ...init }),
    close: () => app.close(),
  };
}

function collecting(errors: string[]) {
  const ignore = () => {};
  return {
    log: ignore,
    warn: ignore,
    error: (message: unknown) => void errors.push(String(message)),
    fatal: ignore,
  };
}
