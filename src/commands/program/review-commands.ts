import type { Command } from 'commander';
import { oneShot } from './one-shot-command.js';

/** Access reviews. */
export function addReviews(program: Command): void {
  const review = program.command('review').description('verify the evidence of an access review');
  oneShot(review, 'verify <file>')
    .description(
      'prove that a file with evidence (JSON) is unchanged, and that the database has the same',
    )
    .option('--file-only', 'do not compare the file with the database')
    .action(async (file, options) =>
      (await import('../review-verify.command.js')).verifyReview(file, options),
    );
}
