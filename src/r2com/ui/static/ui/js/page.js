// What scripts add to a page. Without them, plain forms and links do the same work.

import { listen as listenForPage, watch } from "./autosave.js";
import { letGo } from "./kept.js";
import { listen as listenForLeaving } from "./leave.js";
import { listen as listenForPasskey, reveal } from "./passkey.js";

listenForLeaving();
listenForPage();
for (const element of document.querySelectorAll("[data-let-go]")) letGo(element.dataset.letGo);
for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);
for (const form of document.querySelectorAll("form[data-passkey]")) listenForPasskey(form);
reveal();
document.querySelector(".errors[tabindex]")?.focus();
