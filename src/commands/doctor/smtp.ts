import type { Config } from '../../config/config.js';
import { mailFailure } from '../../notifications/sending/mail-failure.js';
import { mailTransport } from '../../notifications/sending/mail-transport.js';
import { type Finding, ok, problem } from './finding.js';

const CHECK = 'smtp';

/** Whether the mail server answers and accepts the user. It sends nothing. */
export async function checkSmtp({ mail, notifications }: Config): Promise<Finding[]> {
  if (!mail) return [];
  const { timeoutSeconds } = notifications;
  try {
    await mailTransport(mail, timeoutSeconds * 1_000).verify();
    return [ok(CHECK, `${mail.host} answers.`)];
  } catch (error) {
    const { error: why } = mailFailure(error, 0, timeoutSeconds);
    return [problem(CHECK, `${why} Check SMTP_URL, and that the mail server runs.`)];
  }
}
