import { AuditVerification, type VerifiedChain } from '../accounts/audit/audit-verification.js';
import { json } from '../platform/json.js';
import { CommandError } from '../platform/process/command-error.js';
import { print } from '../platform/process/output.js';
import { withApp } from './one-shot.js';

/** Proves that nobody changed the audit log. @throws CommandError where somebody did */
export async function verifyAudit(options: { json?: boolean }): Promise<void> {
  const chains = await withApp((app) => app.get(AuditVerification).verify());
  await print(options.json ? json({ chains }) : chains.map(sentence).join(''));
  const broken = chains.filter(({ problem }) => problem !== null);
  if (broken.length > 0)
    throw new CommandError(
      `The audit log was changed (${broken.length} of ${chains.length} chains). Compare it with a backup.`,
    );
}

const sentence = ({ teamId, entries, problem }: VerifiedChain): string =>
  `${teamId === 0 ? 'instance' : `team ${teamId}`}: ${problem ?? `${entries} entries, unchanged`}\n`;
