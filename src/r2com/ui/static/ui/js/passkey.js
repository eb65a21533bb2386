// Passkeys: the browser makes or shows one, the form carries it to the server.

const bytes = (text) => {
  const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
};

const text = (buffer) =>
  btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

export const isSupported = () => Boolean(globalThis.PublicKeyCredential && navigator.credentials);

/** Options as JSON, made into what the browser takes. `kind` is create or get. */
export function parse(kind, json) {
  const options = json.request_options ?? json.creation_options ?? json;
  const plain = options.publicKey ?? options;
  const native = kind === "create" ? "parseCreationOptionsFromJSON" : "parseRequestOptionsFromJSON";
  if (PublicKeyCredential[native]) return PublicKeyCredential[native](plain);
  const parsed = { ...plain, challenge: bytes(plain.challenge) };
  if (plain.user) parsed.user = { ...plain.user, id: bytes(plain.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (plain[list]) parsed[list] = plain[list].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return parsed;
}

const ANSWER = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

/** A credential as JSON, buffers as base64url. */
export function toJSON(credential) {
  if (credential.toJSON) return credential.toJSON();
  const { id, type, rawId, response, authenticatorAttachment } = credential;
  const filled = ANSWER.filter((name) => response[name]).map((name) => [name, text(response[name])]);
  const answer = Object.fromEntries(filled);
  if (response.getTransports) answer.transports = response.getTransports();
  const clientExtensionResults = credential.getClientExtensionResults();
  return { id, type, rawId: text(rawId), response: answer, authenticatorAttachment, clientExtensionResults };
}

async function optionsFor(form) {
  const address = form.dataset.optionsUrl;
  if (!address) {
    const script = form.querySelector("[data-passkey-options]") ?? document.querySelector("[data-passkey-options]");
    return JSON.parse(script.textContent);
  }
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`options: ${answer.status}`);
  return answer.json();
}

const problem = (form, isShown) => {
  const line = form.querySelector("[data-passkey-problem]");
  if (line) line.hidden = !isShown;
};

async function ask(form, submitter) {
  const kind = form.dataset.passkey;
  problem(form, false);
  try {
    const publicKey = parse(kind, await optionsFor(form));
    const credential = await navigator.credentials[kind]({ publicKey });
    form.elements.credential.value = JSON.stringify(toJSON(credential));
  } catch {
    problem(form, true);
    return;
  }
  form.requestSubmit(submitter);
}

export function listen(form) {
  form.addEventListener("submit", (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    ask(form, event.submitter);
  });
}

/** Show what needs a passkey only where the browser can use one. */
export function reveal(root = document) {
  for (const element of root.querySelectorAll("[data-needs-passkey]")) element.hidden = !isSupported();
}
