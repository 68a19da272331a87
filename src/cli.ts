#!/usr/bin/env node
import { existsSync } from 'node:fs';

/** These run long. The other commands end by themselves; they start from a bundle, in half the time. */
const SERVERS = ['serve', 'worker', 'demo'];

const bundle = new URL('./bundle/commands/run.js', import.meta.url);
const isBundled = !SERVERS.includes(process.argv[2] ?? '') && existsSync(bundle);
if (isBundled) await import(bundle.href);
else await import('./commands/run.js');
