// Nothing typed is lost: a form marked data-autosave saves itself, tries again for as long as it must,
// and asks before either of two versions gives way.

import { freshToken, signInAgain } from "./again.js";
import { show } from "./conflict.js";
import { both, carry, isText, put, read, same } from "./fields.js";
import { keep, kept, letGo } from "./kept.js";
import { say } from "./line.js";

const PAUSE = 1000;
const LONGEST_WAIT = 5000;
const PATIENCE = 10000;
const BEFORE_SUBMIT = 1500;
const SESSION_DOUBT = 240000;
const KEEPALIVE_ROOM = 60000;
const RETRIES = [1, 2, 4, 8, 15].map((seconds) => seconds * 1000);

const drafts = [];

/** Is there anything the server may not have? A request without an answer counts. */
const isDirty = (draft) => draft.unanswered.length > 0 || !same(read(draft.form), draft.saved);

const hold = (draft) => {
  const { version, unanswered, form } = draft;
  return keep(draft.url, { version, unanswered, fields: read(form) });
};

async function post({ form, url }, body) {
  const text = JSON.stringify(body);
  const answer = await fetch(url, {
    method: "POST",
    redirect: "manual",
    keepalive: new Blob([text]).size < KEEPALIVE_ROOM,
    signal: AbortSignal.timeout?.(PATIENCE),
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": form.elements.csrfmiddlewaretoken?.value ?? "",
      "X-Requested-With": "fetch",
    },
    body: text,
  });
  if (answer.type === "opaqueredirect") return { status: 401 };
  return { status: answer.status, ...(await answer.json().catch(() => ({}))) };
}

/** One attempt, and a second if only the form token had aged. Status 0 means no answer came. */
async function attempt(draft, body) {
  try {
    const answer = await post(draft, body);
    if (answer.status !== 403) return answer;
    const fresh = await freshToken();
    return fresh === 200 ? await post(draft, body) : { status: fresh };
  } catch {
    return { status: 0 };
  }
}

async function send(draft, version = draft.version) {
  const fields = read(draft.form);
  draft.sending = fields;
  draft.since = null;
  draft.unanswered = [...draft.unanswered.slice(-2), fields];
  hold(draft);
  const slow = setTimeout(() => say(draft.form, "saving"), 800);
  const answer = await attempt(draft, { fields, version });
  clearTimeout(slow);
  draft.answeredAt = Date.now();
  draft.signedOut = answer.status === 401;
  if (answer.status === 200 && Number.isInteger(answer.version)) saved(draft, fields, answer);
  else if (answer.status === 409 && Number.isInteger(answer.version)) collided(draft, answer, version);
  else if (draft.signedOut) signedOut(draft);
  else failed(draft);
}

function stand(draft, version) {
  draft.version = version;
  const input = draft.form.elements.draft_version;
  if (input) input.value = version;
}

function saved(draft, fields, { version, saved_at: time }) {
  draft.tries = 0;
  if (version < draft.version) return;
  stand(draft, version);
  draft.saved = fields;
  draft.unanswered = [];
  if (isDirty(draft)) return void hold(draft);
  letGo(draft.url);
  say(draft.form, "saved", { time, restored: draft.restored });
}

function retryLater(draft) {
  const wait = RETRIES[Math.min(draft.tries, RETRIES.length - 1)];
  draft.tries += 1;
  clearTimeout(draft.timer);
  draft.timer = setTimeout(() => save(draft), wait);
}

function failed(draft) {
  say(draft.form, "failed", { restored: draft.restored });
  retryLater(draft);
}

async function signedOut(draft) {
  say(draft.form, "signin");
  if (!draft.putAside && (await askToSignIn())) return;
  draft.putAside = true;
  retryLater(draft);
}

async function askToSignIn() {
  const signedIn = await signInAgain();
  if (signedIn) for (const draft of drafts) retryNow(draft);
  return signedIn;
}

function retryNow(draft) {
  draft.putAside = false;
  draft.tries = 0;
  save(draft);
}

/** Somebody has moved the version on; or we did, and never heard the answer. */
function collided(draft, other, asked) {
  if (draft.conflict) return;
  const theirs = other.fields ?? {};
  const isAhead = asked > draft.version && other.version === draft.version;
  if (isAhead || [read(draft.form), ...draft.unanswered].some((fields) => same(fields, theirs))) {
    draft.version = other.version;
    saved(draft, theirs, other);
    save(draft);
    return;
  }
  hold(draft);
  draft.wanted = false;
  draft.conflict = show(draft.form, other, () => resolved(draft, other));
  if (draft.conflict) say(draft.form, "conflict");
  else resolved(draft, other);
}

function resolved(draft, other) {
  draft.conflict = null;
  draft.unanswered = [];
  draft.saved = other.fields ?? {};
  stand(draft, other.version);
  save(draft, true);
}

async function work(draft) {
  try {
    do {
      draft.wanted = false;
      await send(draft);
    } while (draft.wanted && !draft.conflict && isDirty(draft));
  } finally {
    draft.flight = null;
  }
}

/** Save now, one request at a time. What it returns settles when the answer has come. */
export function save(draft, force = false) {
  clearTimeout(draft.timer);
  if (draft.conflict || draft.submitted || !(force || isDirty(draft))) return draft.flight;
  draft.wanted = true;
  draft.flight ??= work(draft);
  return draft.flight;
}

/** The page may be going. A request under way will make the next version, so this one builds on it. */
export function flush(draft) {
  if (draft.submitted || draft.conflict || !isDirty(draft)) return;
  if (!draft.flight) save(draft);
  else if (!same(read(draft.form), draft.sending)) send(draft, draft.version + 1);
}

/** Send all that is not saved yet, without waiting. */
export function flushAll() {
  drafts.forEach(flush);
}

function typed(draft) {
  draft.submitted = false;
  draft.restored = false;
  clearTimeout(draft.timer);
  if (!isDirty(draft)) return letGo(draft.url);
  hold(draft);
  draft.since ??= Date.now();
  const wait = Math.max(0, Math.min(PAUSE, draft.since + LONGEST_WAIT - Date.now()));
  draft.timer = setTimeout(() => save(draft), wait);
}

async function restore(draft) {
  const { form, saved: rendered } = draft;
  const held = await kept(draft.url);
  if (!held) return;
  if (same(held.fields, rendered)) return letGo(draft.url);
  if (!held.unanswered.some((fields) => same(fields, rendered))) draft.version = held.version;
  put(form, beside(form, held.fields, rendered));
  carry(form, held.fields);
  draft.restored = true;
  say(form, "restored");
}

/** What was held, without covering a field that somebody has begun to fill since the page came. */
function beside(form, heldFields, rendered) {
  const now = read(form);
  const names = Object.keys(heldFields).filter((name) => name in now);
  return Object.fromEntries(
    names.map((name) => {
      const isTouched = [rendered, heldFields].every((one) => !same({ [name]: now[name] }, { [name]: one[name] }));
      if (!isTouched) return [name, heldFields[name]];
      return [name, isText(form, name) ? both(form, name, heldFields[name], now[name]) : now[name]];
    }),
  );
}

/** Settles when all that was typed is kept, or after a moment. */
export const settled = () => Promise.race([Promise.allSettled(drafts.map((draft) => save(draft))), wait(BEFORE_SUBMIT)]);

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function mayGo(draft) {
  const isDoubtful = draft.signedOut || Date.now() - draft.answeredAt > SESSION_DOUBT;
  await Promise.race([save(draft, isDoubtful), wait(BEFORE_SUBMIT)]);
  if (draft.signedOut) {
    if (!(await askToSignIn())) return false;
    await Promise.race([save(draft), wait(BEFORE_SUBMIT)]);
  }
  draft.conflict?.focus();
  return !draft.conflict;
}

async function submitted(draft, event) {
  if (draft.passing) {
    draft.submitted = !event.defaultPrevented;
    return;
  }
  event.preventDefault();
  if (draft.leaving) return;
  draft.leaving = true;
  await wait(0); // A form cannot be submitted again while its submit event is still under way.
  const goes = await mayGo(draft).catch(() => true);
  draft.leaving = false;
  if (!goes) return;
  draft.passing = true;
  draft.form.requestSubmit(event.submitter);
  draft.passing = false;
}

/** Begin to keep a form. Resolves once anything held from before has been put back. */
export function watch(form) {
  const draft = {
    form,
    url: form.dataset.autosave,
    version: Number(form.dataset.version ?? 0),
    saved: read(form, true),
    unanswered: [],
    tries: 0,
    answeredAt: Date.now(),
  };
  drafts.push(draft);
  form.autocomplete = "off";
  form.addEventListener("input", () => typed(draft));
  form.addEventListener("change", () => save(draft));
  form.addEventListener("focusout", () => save(draft));
  form.addEventListener("submit", (event) => submitted(draft, event));
  return restore(draft).then(() => save(draft));
}

/** Listen for what concerns every form at once: the page going, coming back, the network returning. */
export function listen() {
  addEventListener("pagehide", flushAll);
  addEventListener("online", () => drafts.filter(isDirty).forEach(retryNow));
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) for (const draft of drafts) draft.submitted = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") flushAll();
    else drafts.forEach((draft) => save(draft));
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-sign-in-again]") || !document.querySelector("template#sign-in-again")) return;
    event.preventDefault();
    askToSignIn();
  });
}
