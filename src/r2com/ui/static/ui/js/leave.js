// Leave quickly: nothing stays in this tab, and Back does not return to the page.

import { flushAll } from "./autosave.js";
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
}
