import type { Request } from 'express';

declare module 'express-session' {
  interface SessionData {
    notice?: string;
  }
}

/** Leaves a sentence for the next page that this person opens. Save the session before a redirect. */
export function leaveNotice({ session }: Request, notice: string): void {
  session.notice = notice;
}

/** Returns and removes the sentence for this page. */
export function takeNotice({ session }: Request): string | undefined {
  const { notice } = session;
  if (notice !== undefined) delete session.notice;
  return notice;
}
