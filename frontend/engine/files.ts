/** The files of the answer that is being given, by the names under which the answer speaks of them. */
import { newKey } from "../queue";
import { said } from "./said";

export interface Named {
  name: string;
  content: Blob;
}

const held = new Map<string, Blob>();
export const MOST_BYTES = 10 * 1024 * 1024;

/** Keep a file under a name of its own; throws a sentence where it is too large. */
export function hold(content: Blob, ending: string): string {
  if (content.size > MOST_BYTES) throw new Error(said("too_large"));
  const name = `${newKey().replace(/-/g, "").slice(0, 24)}${/^\.[a-z0-9]{1,8}$/.test(ending) ? ending : ""}`;
  held.set(name, content);
  return name;
}

export function take(files: Named[]): void {
  for (const file of files) held.set(file.name, file.content);
}

export const file = (name: string): Blob | undefined => held.get(name);
export const drop = (name: string): boolean => held.delete(name);

/** The files that an answer speaks of. */
export function namedIn(xml: string): Named[] {
  return [...held].filter(([name]) => xml.includes(`>${name}<`)).map(([name, content]) => ({ name, content }));
}

export function ending(name: string): string {
  return (/\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? "").toLowerCase();
}
