import 'reflect-metadata';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, HttpCode, Module, Post, Render } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { answerCalls } from './calls.mjs';

answerCalls({ serve });

/** Nest with a route for each page, rendered by hbs from a view without anything to fill in; tells the address. */
async function serve(pages) {
  const views = await mkdtemp(join(tmpdir(), 'views-'));
  class Pages {}
  for (const [name, { method, html }] of Object.entries(pages)) {
    // In a view these would be something to fill in.
    await writeFile(join(views, `${name}.hbs`), html.replaceAll('{{', '{ {'));
    Pages.prototype[name] = () => ({});
    const descriptor = Object.getOwnPropertyDescriptor(Pages.prototype, name);
    const route = method === 'POST' ? Post : Get;
    for (const decorate of [route(name), Render(name), HttpCode(200)])
      decorate(Pages.prototype, name, descriptor);
  }
  Controller()(Pages);
  class Bare {}
  Module({ controllers: [Pages] })(Bare);
  const app = await NestFactory.create(Bare, { logger: false });
  app.setBaseViewsDir(views);
  app.setViewEngine('hbs');
  app.enable('view cache');
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}
