// Leave quickly: nothing stays in this tab, and Back does not return to the page.

import { flushAll, settled } from "./autosave.js";
import { letGoAll } from "./kept.js";

export function leave(href) {
  flushAll();
  letGoAll();
  location.replace(href);
}

export function listen() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-leave]");
    if (!link) return;
    event.preventDefault();
    leave(link.href);
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest?.("form[data-sign-out]");
    if (!form) return;
    event.preventDefault();
    await settled();
    form.submit();
  });
}
