const ends = new Set<() => Promise<void>>();

/** Has `end` called after each spec file of this worker: files share their modules, whose own hooks would hold for one. */
export const afterEachFile = (end: () => Promise<void>): void => void ends.add(end);

export async function endFile(): Promise<void> {
  for (const end of ends) await end();
}

// Vitest leaves its workers to themselves when it is interrupted, and with them all that they started.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
