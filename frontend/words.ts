/** Sentences that scripts say, in the reader's language: the JSON element #script-words of the shell. */
let known: Record<string, string> | null = null;

export function word(key: string, numbers: Record<string, string | number> = {}): string {
  if (known === null) {
    const element = document.getElementById("script-words");
    known = element ? (JSON.parse(element.textContent ?? "{}") as Record<string, string>) : {};
  }
  const sentence = known[key] ?? "";
  return sentence.replace(/%\((\w+)\)s/g, (_, name: string) => String(numbers[name] ?? ""));
}

/** "one" and "many" forms of a sentence are kept under `key` and `key_many`. */
export function counted(key: string, count: number): string {
  return word(count === 1 ? key : `${key}_many`, { count });
}
