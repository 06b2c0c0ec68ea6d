/** Sentences that this page says, in the reader's language: the JSON element #engine-words. */
let known: Record<string, string> | null = null;

export function said(key: string, numbers: Record<string, string | number> = {}): string {
  known ??= JSON.parse(document.getElementById("engine-words")?.textContent ?? "{}") as Record<string, string>;
  return (known[key] ?? "").replace(/%\((\w+)\)s/g, (_, name: string) => String(numbers[name] ?? ""));
}

/** What enketo-core asks for by its own keys ("constraint.invalid"); nothing where we say it in another way. */
export function t(key: string): string {
  return said(key);
}
