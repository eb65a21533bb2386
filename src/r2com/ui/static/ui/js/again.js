// Signing in again in place: the page and everything typed on it stay where they are.

const ADDRESS = "/sign-in/again/";
const TOKEN = "input[name=csrfmiddlewaretoken]";
let asking = null;

const headers = () => ({
  "Content-Type": "application/json",
  "X-CSRFToken": document.querySelector(TOKEN)?.value ?? "",
  "X-Requested-With": "fetch",
});

function takeOver({ csrf }) {
  for (const input of document.querySelectorAll(TOKEN)) input.value = csrf ?? input.value;
}

/** A page left open while another tab signed in has an aged form token. Returns 200 with a fresh one in place. */
export async function freshToken() {
  const answer = await fetch(ADDRESS, { headers: headers(), redirect: "manual" });
  if (answer.type === "opaqueredirect") return 401;
  if (answer.status === 200) takeOver(await answer.json());
  return answer.status;
}

async function signIn(form, email) {
  const { password, code } = Object.fromEntries(new FormData(form));
  const answer = await fetch(ADDRESS, {
    method: "POST",
    headers: headers(),
    redirect: "manual",
    body: JSON.stringify({ email, password, code }),
  });
  const body = await answer.json().catch(() => ({}));
  if (answer.status === 200 && body.csrf) return takeOver(body);
  throw Object.assign(new Error("not signed in"), { words: body.error });
}

function build(template) {
  const content = template.content.cloneNode(true);
  const dialog = content.querySelector("dialog") ?? document.createElement("dialog");
  if (!dialog.firstChild) dialog.append(content);
  document.body.append(dialog);
  return dialog;
}

async function tryOnce(dialog, form, template) {
  const status = dialog.querySelector("[role=status], [role=alert]");
  if (status) status.textContent = "";
  form.ariaBusy = "true";
  try {
    await signIn(form, document.body.dataset.email ?? "");
    dialog.close("signed in");
  } catch (problem) {
    const sentence = template.dataset.failedText ?? "That did not get through. Please try again.";
    if (status) status.textContent = problem.words ?? sentence;
    form.elements.password?.focus();
    form.ariaBusy = "false";
  }
}

function open(template) {
  const before = document.activeElement;
  const dialog = build(template);
  const form = dialog.querySelector("form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.ariaBusy !== "true") tryOnce(dialog, form, template);
  });
  for (const button of dialog.querySelectorAll("[data-close]")) {
    button.addEventListener("click", () => dialog.close());
  }
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const signedIn = dialog.returnValue === "signed in";
      dialog.remove();
      before?.focus?.();
      resolve(signedIn);
    });
  });
}

/** Ask for password and code in place. True once signed in; false if put aside or if the page has no dialog. */
export function signInAgain() {
  const template = document.querySelector("template#sign-in-again");
  if (!template || !globalThis.HTMLDialogElement) return Promise.resolve(false);
  asking ??= open(template).finally(() => {
    asking = null;
  });
  return asking;
}
