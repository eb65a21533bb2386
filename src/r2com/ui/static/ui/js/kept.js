// Unsaved words, held sealed in this tab only. The key comes with each page and is never stored.
// Without a key, words stay in the page's memory alone.

/** Where a form's words are held. The signature at the end of its address changes; the rest names the form. */
const place = (address) => `kept:${address.split(":")[0]}`;

const turns = new Map();
let leaving = false;

const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const base64 = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));

async function key() {
  const text = document.querySelector('meta[name="keep"]')?.content;
  if (!text || !globalThis.crypto?.subtle) return null;
  return crypto.subtle.importKey("raw", bytes(text), "AES-GCM", false, ["encrypt", "decrypt"]);
}

const sealing = (name, iv) => ({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(name) });

const nextTurn = (name) => {
  turns.set(name, (turns.get(name) ?? 0) + 1);
  return turns.get(name);
};

/** Hold a value sealed, under the address of a form. A later keep or letGo wins over one still being sealed. */
export async function keep(address, value) {
  const name = place(address);
  const turn = nextTurn(name);
  try {
    const secret = await key();
    if (!secret) return;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(value));
    const sealed = await crypto.subtle.encrypt(sealing(name, iv), secret, plain);
    if (leaving || turns.get(name) !== turn) return;
    sessionStorage.setItem(name, `${base64(iv)}.${base64(sealed)}`);
  } catch {
    // No room or no storage: the words are still on the page.
  }
}

/** The value held for an address, or null. What another key sealed is left alone. */
export async function kept(address) {
  const name = place(address);
  try {
    const [iv, sealed] = sessionStorage.getItem(name).split(".");
    const secret = await key();
    const plain = await crypto.subtle.decrypt(sealing(name, bytes(iv)), secret, bytes(sealed));
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    return null;
  }
}

function withStorage(act) {
  try {
    act(sessionStorage);
  } catch {
    // No storage, so nothing was held.
  }
}

/** Forget what was held for an address. */
export function letGo(address) {
  const name = place(address);
  nextTurn(name);
  withStorage((storage) => storage.removeItem(name));
}

/** Forget everything in this tab, and hold nothing more. */
export function letGoAll() {
  leaving = true;
  withStorage((storage) => storage.clear());
}
