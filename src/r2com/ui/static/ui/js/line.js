// The saved line. Its sentences come translated in data attributes; English stands in for a missing one.

const WORDS = {
  saved: "Saved {time}",
  saving: "Saving",
  failed: "Not saved yet. Your words are still here; trying again.",
  conflict: "Not saved yet. This was also changed somewhere else.",
  signin: "Not saved yet. Please sign in again; your words are still here.",
  restored: "Brought back what was not saved",
};

const waiting = new Set();

const lineFor = (form) => form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");

function write(line, content, isSaved) {
  const tick = line.querySelector("svg");
  if (tick) tick.style.display = isSaved ? "" : "none";
  line.classList.toggle("not", !isSaved);
  for (const node of [...line.childNodes]) if (node !== tick) node.remove();
  line.append(content);
}

function signInLink(text) {
  const link = document.createElement("a");
  Object.assign(link, { href: "/sign-in/", target: "_blank", rel: "noopener noreferrer", textContent: text });
  link.dataset.signInAgain = "";
  return link;
}

const sentence = (line, what) => line.dataset[`${what}Text`] ?? WORDS[what];

/**
 * Say how a form stands: saved, saving, failed, conflict, signin or restored.
 * While any form on the page is unsaved, another form's success does not hide it.
 */
export function say(form, what, { time = "", restored = false } = {}) {
  const line = lineFor(form);
  const isSaved = what === "saved";
  if (isSaved) waiting.delete(form);
  else if (what !== "saving") waiting.add(form);
  if (!line || ((isSaved || what === "saving") && waiting.size)) return;
  const words = sentence(line, what).replace("{time}", time);
  const text = restored ? `${sentence(line, "restored")} · ${words}` : words;
  if (line.textContent.trim() === text) return;
  write(line, what === "signin" ? signInLink(text) : text, isSaved || what === "saving");
}
