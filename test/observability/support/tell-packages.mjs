// For `node --import`: tells on stderr which of these packages a process loads.
import { register } from 'node:module';

const hooks = `
import { writeSync } from 'node:fs';
const told = new Set();
export async function resolve(name, context, next) {
  const found = await next(name, context);
  const [, packageName] = /\\/node_modules\\/(@opentelemetry|prom-client|pino-pretty|pino)\\//.exec(found.url) ?? [];
  if (packageName && !told.has(packageName)) writeSync(2, 'LOADED ' + packageName + '\\n');
  told.add(packageName);
  return found;
}`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);
