// The same words changed in two places: both are shown, and a person chooses field by field.

import { both, carry, differing, dropCarried, first, isShown, isText, labelOf, put, read, wordsOf } from "./fields.js";

const WORDS = {
  title: "This was changed in two places",
  here: "Here",
  there: "Saved at {time} ({who})",
  who: "another window",
  mine: "Keep what is here",
  theirs: "Take the other",
  both: "Keep both, one after the other",
  empty: "Nothing",
  go: "Go on",
};

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function sentences(other) {
  const given = document.querySelector("template#conflict")?.dataset ?? {};
  const words = { ...WORDS, ...given };
  words.there = words.there.replace("{time}", other.saved_at ?? "").replace("{who}", other.who ?? words.who);
  return words;
}

function choice(name, value, text) {
  const radio = make("input", { type: "radio", name, value, defaultChecked: value === "mine" });
  return make("label", { className: "choice" }, radio, make("span", { textContent: text }));
}

function row(form, name, place, mine, theirs, words) {
  const shown = (values) => make("dd", { className: "said", textContent: wordsOf(form, name, values) || words.empty });
  const kinds = isText(form, name) ? ["mine", "theirs", "both"] : ["mine", "theirs"];
  const cards = kinds.map((kind) => choice(`keep-${place}`, kind, words[kind]));
  return make(
    "fieldset",
    { className: "choices" },
    make("legend", { textContent: labelOf(form, name) }),
    make(
      "dl",
      {},
      make("dt", { textContent: words.here }),
      shown(mine[name]),
      make("dt", { textContent: words.there }),
      shown(theirs[name]),
    ),
    make("div", { className: "cards" }, ...cards),
  );
}

/** The values a choice stands for, read when it is applied: nothing typed meanwhile is left out. */
export function chosen(form, name, kind, theirs) {
  const mine = read(form)[name];
  if (kind === "theirs") return theirs[name] ?? [];
  return kind === "both" ? both(form, name, mine, theirs[name]) : mine;
}

function frame(rows, words, button) {
  const heading = make("h2", { textContent: words.title, id: "conflict-title" });
  const panel = make("div", { className: "conflict note look stack", tabIndex: -1 }, heading, ...rows, button);
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-labelledby", heading.id);
  return panel;
}

/**
 * Show what differs between this page and `other` ({fields, saved_at, who}) before the form.
 * `goOn` is called once the choices stand in the form. Returns the panel, or null if nothing
 * that can be seen differs. Fields that this page does not have are carried along.
 */
export function show(form, other, goOn) {
  const before = document.activeElement;
  dropCarried(form);
  const theirs = other.fields ?? {};
  carry(form, theirs);
  const mine = read(form);
  const visible = differing(mine, theirs).filter((name) => isShown(form, name));
  if (!visible.length) return null;
  const words = sentences(other);
  const button = make("button", { type: "button", className: "button", textContent: words.go });
  const panel = frame(visible.map((name, place) => row(form, name, place, mine, theirs, words)), words, button);
  button.addEventListener("click", () => {
    const kind = (place) => panel.querySelector(`[name="keep-${place}"]:checked`).value;
    const pairs = visible.map((name, place) => [name, chosen(form, name, kind(place), theirs)]);
    put(form, Object.fromEntries(pairs));
    panel.remove();
    (before === document.body ? first(form, visible[0]) : before).focus();
    goOn();
  });
  form.before(panel);
  panel.focus();
  return panel;
}
