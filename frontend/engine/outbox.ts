/** Sending what waits: one after the other, one tab at a time, each until the server says that it has it. */
import { said } from "./said";
import { done, update, waiting, type Waiting } from "./store";

export type Result = { is: "sent"; next: string } | { is: "later" } | { is: "refused"; why: string };
interface Said {
  next?: string;
  message?: string;
}

async function post(one: Waiting): Promise<Result> {
  const body = new FormData();
  body.append("xml_submission_file", new Blob([one.xml], { type: "text/xml" }), "answer.xml");
  body.append("_language", one.language);
  body.append("_name", one.name);
  for (const file of one.files) body.append(file.name, file.content, file.name);
  let response: Response;
  let words: Said;
  try {
    response = await fetch(one.to, { method: "POST", body, credentials: "omit", headers: { Accept: "application/json" } });
    words = (await response.json()) as Said;
  } catch {
    return { is: "later" }; // no connection, or somebody on the way who does not speak for the server
  }
  if (response.ok && words.next) return { is: "sent", next: words.next };
  if (response.status >= 400 && response.status < 500 && response.status !== 429) return { is: "refused", why: words.message ?? said("refused") };
  return { is: "later" };
}

async function sendThem(heard: (one: Waiting, result: Result) => void): Promise<void> {
  for (const one of await waiting()) {
    if (one.refused) continue;
    const result = await post(one);
    if (result.is === "sent") await done(one.id);
    if (result.is === "refused") await update({ ...one, refused: result.why });
    heard(one, result);
    if (result.is === "later") return;
  }
}

/** Send everything that waits on this device, of every form. */
export async function send(heard: (one: Waiting, result: Result) => void): Promise<void> {
  if ("locks" in navigator) await navigator.locks.request("tejido-forms-outbox", () => sendThem(heard));
  else await sendThem(heard);
}
