import swc from 'unplugin-swc';
import { defineConfig } from 'vitest/config';
import { isQuick } from './test/support/quick.js';

// No server, no browser, no process, and nothing that takes many seconds.
const quick = [
  'test/*.spec.ts',
  'test/{accounts,config,github,members,platform,schedules,simulator,web}/**/*.spec.ts',
];
const slow = [
  'test/schedules/scheduler.spec.ts',
  'test/web/{browser,public-path}.spec.ts',
  'test/members/csv.spec.ts',
];

export default defineConfig({
  // Nest's injection reads the decorators' type metadata, which only swc (not Vite's own transform) emits.
  plugins: [
    swc.vite({
      module: { type: 'es6' },
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: {
          legacyDecorator: true,
          decoratorMetadata: true,
          useDefineForClassFields: false,
        },
      },
    }),
  ],
  test: {
    include: isQuick ? quick : ['test/**/*.spec.ts'],
    exclude: isQuick ? slow : [],
    reporters: ['default', './test/support/reporter.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/setup.ts'],
    // Not UTC on purpose: every time we keep is UTC whatever the machine says.
    env: { TZ: 'Asia/Kolkata', NODE_ENV: 'test' },
    testTimeout: 60_000,
    // One hook builds the whole program while other tests use the cores.
    hookTimeout: 300_000,
    // One more than the cores of a small machine, because many tests wait for processes and servers.
    maxWorkers: 3,
    // To load Nest and TypeORM for each file took a quarter of the time. What a file changes of its process, it takes back.
    isolate: false,
    restoreMocks: true,
  },
});
