// Bundles the commands that end by themselves: a few files load sooner than two thousand.
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const dist = (path) => fileURLToPath(new URL(`../dist/${path}`, import.meta.url));

/** What commands never use, and would load: they have a queue of their own, and TypeORM 1 has none of the two classes. */
const unused = [
  [/^bull$/, 'export default class {}'],
  [/\/typeorm-compat\.js$/, 'export const Connection = undefined, AbstractRepository = undefined;'],
];

const leaveOut = {
  name: 'leave-out',
  resolveId: (id) => (unused.some(([name]) => name.test(id)) ? `\0unused ${id}` : undefined),
  load: (id) => unused.find(([name]) => id.startsWith('\0unused ') && name.test(id.slice(8)))?.[1],
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
    minify: { mangle: false, compress: false },
  },
});
