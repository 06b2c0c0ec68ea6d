/** What was filled in and not yet sent, kept on this device alone; gone once it was sent, or after a week. */

export interface Draft {
  at: number;
  fields: [string, string][];
}

const A_WEEK = 7 * 24 * 60 * 60 * 1000;
const keyOf = (path: string): string => `tejido-draft:${path}`;

export function keep(path: string, fields: [string, string][]): void {
  try {
    localStorage.setItem(keyOf(path), JSON.stringify({ at: Date.now(), fields }));
  } catch {
    return; // a private window, or no room: the page works as without a draft
  }
}

export function kept(path: string): Draft | null {
  try {
    const draft = JSON.parse(localStorage.getItem(keyOf(path)) ?? "null") as Draft | null;
    return draft && Date.now() - draft.at < A_WEEK ? draft : null;
  } catch {
    return null;
  }
}

export function forget(path: string): void {
  try {
    localStorage.removeItem(keyOf(path));
  } catch {
    return; // nothing could be kept there either
  }
}
