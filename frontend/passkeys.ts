/**
 * Passkeys on plain forms: <form data-passkey="sign-in|again|add"> with a hidden field `credential`. What the browser is
 * asked for comes from the form's address (sign-in) or from the JSON element #passkey-options.
 */

type Json = Record<string, unknown>;

interface Described {
  id: string;
  type: PublicKeyCredentialType;
}

interface Asked {
  publicKey: Json & { challenge: string; allowCredentials?: Described[]; excludeCredentials?: Described[] };
}

function toBytes(text: string): ArrayBuffer {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
}

function toText(bytes: ArrayBuffer | null): string | null {
  if (!bytes) return null;
  const plain = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

const described = (list: Described[] = []): PublicKeyCredentialDescriptor[] =>
  list.map((one) => ({ ...one, id: toBytes(one.id) }));

async function read({ publicKey }: Asked): Promise<Json> {
  const options = { ...publicKey, challenge: toBytes(publicKey.challenge), allowCredentials: described(publicKey.allowCredentials) };
  const key = (await navigator.credentials.get({ publicKey: options })) as PublicKeyCredential;
  const response = key.response as AuthenticatorAssertionResponse;
  return answer(key, {
    clientDataJSON: toText(response.clientDataJSON),
    authenticatorData: toText(response.authenticatorData),
    signature: toText(response.signature),
    userHandle: toText(response.userHandle),
  });
}

async function make({ publicKey }: Asked): Promise<Json> {
  const user = publicKey["user"] as { id: string; name: string; displayName: string };
  const chosen = publicKey["authenticatorSelection"] as AuthenticatorSelectionCriteria | undefined;
  const options = {
    ...publicKey,
    challenge: toBytes(publicKey.challenge),
    excludeCredentials: described(publicKey.excludeCredentials),
    user: { ...user, id: toBytes(user.id) },
    // A passkey: it lives on the device and asks who is there.
    authenticatorSelection: { ...chosen, residentKey: "required", requireResidentKey: true, userVerification: "required" },
  } as unknown as PublicKeyCredentialCreationOptions;
  const key = (await navigator.credentials.create({ publicKey: options })) as PublicKeyCredential;
  const response = key.response as AuthenticatorAttestationResponse;
  return answer(key, {
    clientDataJSON: toText(response.clientDataJSON),
    attestationObject: toText(response.attestationObject),
    transports: response.getTransports?.() ?? [],
  });
}

function answer(key: PublicKeyCredential, response: Json): Json {
  const clientExtensionResults = key.getClientExtensionResults();
  return { type: key.type, id: key.id, rawId: toText(key.rawId), response, clientExtensionResults };
}

async function asked(form: HTMLFormElement): Promise<Json> {
  if (form.dataset["passkey"] !== "sign-in") {
    return JSON.parse(document.getElementById("passkey-options")?.textContent ?? "{}") as Json;
  }
  const response = await fetch(form.action, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!response.ok) throw new Error(`no options: ${response.status}`);
  return (await response.json()) as Json;
}

async function fill(form: HTMLFormElement): Promise<void> {
  const options = await asked(form);
  const credential =
    form.dataset["passkey"] === "add" ? await make(options["creation_options"] as Asked) : await read(options["request_options"] as Asked);
  const field = form.querySelector<HTMLInputElement>("input[name=credential]");
  if (field) field.value = JSON.stringify(credential);
  HTMLFormElement.prototype.submit.call(form);
}

export function passkeys(): void {
  if (!("PublicKeyCredential" in window)) return;
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const says = form.querySelector<HTMLElement>("[data-passkey-says]");
      if (says) says.textContent = "";
      fill(form).catch(() => {
        if (says) says.textContent = says.dataset["words"] ?? "";
      });
    });
  }
}
