// What is typed in a form and not sent yet is found again by who comes back to it in the same window. What was sent is forgotten at
// the next page, unless one comes back by the browser's button: then nothing says that it arrived. Without this file, leaving the
// page loses what was typed in it.

import { erase, eraseAtTheEnd, keysOf, read, write } from "./in-tab.js";
import "./offline.js";

const PREFIX = "rex-non-envoye:";
const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";

function keep(form) {
  const field = form.querySelector("textarea");
  const answered = form.elements.a?.value ?? ""; // one text for each message that is answered
  const key = `${PREFIX}${document.body.dataset.rexReader ?? ""}:${new URL(form.action).pathname}:${answered}`;
  const found = read(key);
  if (found && !field.value) {
    field.value = found.text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.addEventListener("input", () => (field.value.trim() ? write(key, { text: field.value }) : erase(key)));
  form.addEventListener("submit", () => write(key, { text: field.value, sent: true }));
}

if (!cameBack) for (const key of keysOf(PREFIX)) if (read(key)?.sent) erase(key);
for (const form of document.querySelectorAll("form[data-rex-unsent]")) keep(form);
eraseAtTheEnd(PREFIX);
