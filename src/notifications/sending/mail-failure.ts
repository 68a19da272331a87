import { keptAnswer, type Outcome } from './attempt.js';

/** An error of nodemailer. */
interface SmtpError {
  name?: string;
  code?: string;
  /** The command that the server refused, such as `RCPT TO`. */
  command?: string;
  response?: string;
  responseCode?: number;
  /** Whether another try would fail, too. */
  permanent?: boolean;
  /** The code of the connection. */
  originalCode?: string;
  recipient?: string;
  rejectedErrors?: SmtpError[];
}

export type Refusal = Pick<SmtpError, 'recipient' | 'response' | 'responseCode' | 'permanent'>;

/**
 * What follows where the server refused recipients. It is final where it refused all of them for good.
 * @param of how many were asked for in all
 */
export function refused(refusals: Refusal[], of: number): Outcome {
  const words = refusals.map(({ recipient, response }) => `${recipient}: ${response}`);
  const waiting = refusals.find(({ permanent }) => !permanent);
  const count = of === 1 ? 'the recipient' : `${refusals.length} of ${of} recipients`;
  return {
    ...{ isDelivered: false, status: (waiting ?? refusals[0])?.responseCode ?? null },
    ...{ answer: keptAnswer(words.join('\n')), error: `The mail server refused ${count}.` },
    isFinal: waiting === undefined,
  };
}

/** Why a mail was not taken. A refusal of the user or the sender is not final: the operator can correct it. */
export function mailFailure(error: unknown, of: number, timeoutSeconds: number): Outcome {
  const known = (error ?? {}) as SmtpError;
  const { code, command, response, responseCode: status = null } = known;
  if (known.rejectedErrors?.length) return refused(known.rejectedErrors, of);
  const outcome = { isDelivered: false, status, answer: response ? keptAnswer(response) : null };
  if (code === 'EAUTH')
    // Without the answer, which may name the user.
    return { ...outcome, answer: null, error: 'The mail server refused the user of SMTP_URL.' };
  if (status !== null) {
    const isFinal = command === 'DATA' && known.permanent === true;
    return { ...outcome, error: `The mail server answered with ${status}.`, isFinal };
  }
  if (known.name === 'TimeoutError' || code === 'EABORT' || code === 'ETIMEDOUT')
    return { ...outcome, error: `The mail server did not answer within ${timeoutSeconds} s.` };
  const why = known.originalCode ?? code ?? 'unknown error';
  return { ...outcome, error: `The mail server could not be reached (${why}).` };
}
