// What a form says: reading it, putting words back, and naming a field as the page names it.

const SILENT = new Set(["password", "file", "submit", "button", "reset", "image", "fieldset", "output"]);
const OURS = new Set(["csrfmiddlewaretoken", "draft_version"]);
const TEXT = new Set(["textarea", "text", "search"]);

const isChoice = (control) => control.type === "radio" || control.type === "checkbox";

const lines = (text) => text.replace(/\r\n?/g, "\n");

/** The named controls whose words are kept. Passwords and files never are. */
export function controls(form) {
  return [...form.elements].filter(
    (control) => control.name && !control.disabled && !SILENT.has(control.type) && !OURS.has(control.name),
  );
}

const named = (form, name) => controls(form).filter((control) => control.name === name);

function valuesOf(control, asRendered) {
  if (isChoice(control)) {
    const checked = asRendered ? control.defaultChecked : control.checked;
    return checked ? [control.value] : [];
  }
  if (control.options) return chosenOptions(control, asRendered);
  return [lines(asRendered ? control.defaultValue : control.value)];
}

function chosenOptions(select, asRendered) {
  const chosen = [...select.options].filter((option) => (asRendered ? option.defaultSelected : option.selected));
  const isFirst = !chosen.length && select.type === "select-one" && select.options.length;
  return (isFirst ? [select.options[0]] : chosen).map((option) => option.value);
}

/**
 * The form as {name: [values]}. A name with nothing chosen is there with an empty list.
 * With asRendered, what the server wrote, whatever was typed since.
 */
export function read(form, asRendered = false) {
  const fields = {};
  for (const control of controls(form)) {
    (fields[control.name] ??= []).push(...valuesOf(control, asRendered));
  }
  return fields;
}

const plain = (values) => JSON.stringify((values ?? []).some(Boolean) ? values.map(lines) : []);

/** The names in which two readings differ. Empty and absent are the same. */
export function differing(one, other) {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter((name) => plain(one[name]) !== plain(other[name]));
}

export const same = (one, other) => differing(one, other).length === 0;

function setControl(control, values, place) {
  if (isChoice(control)) control.checked = values.includes(control.value);
  else if (control.type === "select-multiple") {
    for (const option of control.options) option.selected = values.includes(option.value);
  } else control.value = values[place] ?? "";
}

/** Put values into the form where they differ, then let each changed field say so. Returns the names changed. */
export function put(form, fields) {
  const here = read(form);
  const names = differing(here, { ...here, ...fields });
  const changed = names.flatMap((name) => {
    const group = named(form, name);
    group.forEach((control, place) => setControl(control, fields[name], place));
    return group;
  });
  for (const control of changed) control.dispatchEvent(new Event("change", { bubbles: true }));
  return names;
}

/** Can this field hold one text after the other? */
export function isText(form, name) {
  const group = named(form, name);
  return group.length === 1 && TEXT.has(group[0].type);
}

/** Two texts, one after the other; a single-line field keeps them on its line. */
export function both(form, name, first, second) {
  const between = named(form, name)[0].type === "textarea" ? "\n\n" : " / ";
  const texts = [first, second].map((values) => values?.[0] ?? "").filter(Boolean);
  return [texts.join(between)];
}

/** Can this field be seen on the page? */
export function isShown(form, name) {
  return named(form, name).some((control) => control.type !== "hidden");
}

export const first = (form, name) => named(form, name)[0];

/** Carry the fields that this page does not have, so that they are neither lost nor overwritten. */
export function carry(form, fields) {
  const absent = differing({}, fields).filter((name) => !named(form, name).length);
  for (const name of absent) {
    for (const value of fields[name]) {
      const input = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      input.dataset.carried = "";
      form.append(input);
    }
  }
}

export function dropCarried(form) {
  for (const input of form.querySelectorAll("[data-carried]")) input.remove();
}

const tidy = (text) => text.replace(/\s+/g, " ").trim();

/** The label's own words, without what it says after them ("may stay empty", the anchor of a card). */
function labelWords(control) {
  const label = control.labels?.[0];
  const start = isChoice(control) ? label?.querySelector("span") : label?.firstChild;
  return tidy(start?.textContent ?? "") || tidy(label?.textContent ?? "");
}

/** The question or label above a field. */
export function labelOf(form, name) {
  const control = named(form, name)[0];
  const legend = isChoice(control) && control.closest("fieldset")?.querySelector("legend");
  return (legend && tidy(legend.textContent)) || labelWords(control) || control.ariaLabel || name;
}

/** What the values say on the page: the words of a card or an option, or the text itself. */
export function wordsOf(form, name, values) {
  const group = named(form, name);
  const word = (value) => {
    const card = group.find((control) => isChoice(control) && control.value === value);
    const option = [...(group[0].options ?? [])].find((one) => one.value === value);
    return card ? labelWords(card) : tidy(option?.textContent ?? "") || value;
  };
  return (values ?? []).filter(Boolean).map(word).join(", ");
}
