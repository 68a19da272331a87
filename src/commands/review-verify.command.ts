import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { TeamsService } from '../accounts/users/teams.service.js';
import { type Config, loadConfig } from '../config/config.js';
import { json } from '../platform/json.js';
import { CommandError } from '../platform/process/command-error.js';
import { print } from '../platform/process/output.js';
import { printable } from '../platform/process/printable.js';
import { EVIDENCE_FORMAT, type EvidenceHead } from '../reviews/access-reviews/evidence.service.js';
import { evidenceHash } from '../reviews/access-reviews/evidence-hash.js';
import { EvidenceVerification } from '../reviews/access-reviews/evidence-verification.js';
import { type OneShotOptions, withApp } from './one-shot.js';

interface VerifyOptions extends OneShotOptions {
  fileOnly?: boolean;
}

const evidence = z.object({
  format: z.literal(EVIDENCE_FORMAT),
  sha256: z.string(),
  review: z.looseObject({ id: z.int(), name: z.string() }),
  auditEntries: z.array(z.looseObject({ id: z.int(), hash: z.string() })),
  items: z.array(z.looseObject({})),
});

type EvidenceFile = z.infer<typeof evidence>;

interface Verified {
  file: EvidenceFile;
  /** Null where the database was not compared. */
  database: string[] | null;
  isFileUnchanged: boolean;
}

/** Proves that a file with evidence is unchanged, and that it fits the database. @throws CommandError where it does not */
export async function verifyReview(path: string, options: VerifyOptions): Promise<void> {
  const file = await readEvidence(path);
  const config = options.fileOnly ? undefined : loadConfig(process.env);
  const isFileUnchanged = (await evidenceHash(file)) === file.sha256;
  const database = config && isAtHand(config) ? await compared(file, options.team, config) : null;
  const verified = { file, database, isFileUnchanged };
  await print(options.json ? json(presented(verified)) : sentences(verified));
  if (!isFileUnchanged || database?.length) throw new CommandError('The evidence does not hold.');
}

/** @throws CommandError */
async function readEvidence(path: string): Promise<EvidenceFile> {
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new CommandError(`${path} cannot be read: ${cause.message}.`, { cause });
  });
  try {
    return evidence.parse(JSON.parse(text));
  } catch (cause) {
    throw new CommandError(
      `${path} is no evidence of an access review. Take the JSON of GET /api/v1/reviews/:id/evidence.`,
      { cause },
    );
  }
}

/** A command must not make a database only to find nothing in it. */
const isAtHand = ({ database }: Config): boolean =>
  database.type === 'mysql' || existsSync(database.path);

const compared = (file: EvidenceFile, team: string, config: Config): Promise<string[]> =>
  withApp(async (app) => {
    const { id } = await app.get(TeamsService).get(team);
    return app.get(EvidenceVerification).problems(id, file as unknown as EvidenceHead);
  }, config);

const presented = ({ file, database, isFileUnchanged }: Verified) => ({
  review: { id: file.review.id, name: file.review.name },
  ...{ rows: file.items.length, sha256: file.sha256 },
  file: isFileUnchanged ? 'unchanged' : 'changed',
  database: database === null ? 'not_compared' : database.length === 0 ? 'same' : 'different',
  problems: database ?? [],
});

function sentences({ file, database, isFileUnchanged }: Verified): string {
  const { review, items, sha256 } = file;
  const lines = [
    `Review ${review.id}, ${printable(review.name)}: ${items.length} rows, SHA-256 ${sha256}`,
    isFileUnchanged
      ? 'The file is unchanged.'
      : 'The file was changed: its content has another hash.',
    ...(database === null ? ['The database was not compared.'] : database),
    ...(database?.length === 0 ? ['The database and the audit log have the same.'] : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
