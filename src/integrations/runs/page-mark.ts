/** The state in the browser's tab: words before the page title, and an icon. */
export interface PageMark {
  words: string;
  /** The name of an asset. */
  icon: string;
}

interface Marked {
  syncing?: boolean;
  failed?: boolean;
  activity?: { resumesAt: string | null; done: number; total: number | null } | null;
  held?: unknown;
}

export function pageMark({ syncing, failed, activity, held }: Marked): PageMark {
  if (syncing) return { words: syncingWords(activity), icon: 'favicon-syncing.svg' };
  if (failed) return { words: 'Error', icon: 'favicon-error.svg' };
  if (held) return { words: 'Needs a decision', icon: 'favicon-held.svg' };
  return { words: '', icon: 'favicon.svg' };
}

function syncingWords(activity: Marked['activity']): string {
  if (activity?.resumesAt) return 'Waiting';
  if (!activity?.total) return 'Syncing';
  // Rounded down, so that 100 % means done.
  return `Syncing ${Math.floor((100 * activity.done) / activity.total)} %`;
}
