// Unsaved words, held sealed in this tab only. The key comes with each page and is never stored;
// without a key, or where the browser cannot seal, words are held in the page's memory alone.

const PREFIX = "kept:";
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

/** Hold a value sealed under a name. A later keep or letGo wins over one still being sealed. */
export async function keep(name, value) {
  const turn = nextTurn(name);
  try {
    const secret = await key();
    if (!secret) return;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(value));
    const sealed = await crypto.subtle.encrypt(sealing(name, iv), secret, plain);
    if (leaving || turns.get(name) !== turn) return;
    sessionStorage.setItem(PREFIX + name, `${base64(iv)}.${base64(sealed)}`);
  } catch {
    // No room or no storage: the words are still on the page.
  }
}

/** The value held under a name, or null. What another key sealed is left alone. */
export async function kept(name) {
  try {
    const [iv, sealed] = sessionStorage.getItem(PREFIX + name).split(".");
    const secret = await key();
    const plain = await crypto.subtle.decrypt(sealing(name, bytes(iv)), secret, bytes(sealed));
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    return null;
  }
}

/** Forget what was held under a name. */
export function letGo(name) {
  nextTurn(name);
  try {
    sessionStorage.removeItem(PREFIX + name);
  } catch {
    // No storage, so nothing was held.
  }
}

/** Forget everything in this tab, and hold nothing more. */
export function letGoAll() {
  leaving = true;
  try {
    sessionStorage.clear();
  } catch {
    // No storage, so nothing was held.
  }
}
