// What is typed in a form and not sent yet is found again by who comes back to it in the same window. What was sent is forgotten at
// the next page, unless one comes back by the browser's button: then nothing says that it arrived. Without this file, leaving the
// page loses what was typed in it.

import { erase, eraseAtTheEnd, keysOf, read, write } from "./in-tab.js";
import "./offline.js";

const PREFIX = "rex-non-envoye:";
const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";

const OF_THE_PAGE = ["csrf_token", "idempotency_key"]; // drawn anew each time

/** One text for each thing that is answered, in each place, before each public: what was begun in a group is never found in a form
 *  that others read. */
function keyOf(form) {
  const hidden = [...form.querySelectorAll("input[type=hidden]")].filter((field) => !OF_THE_PAGE.includes(field.name));
  const about = hidden.map((field) => `${field.name}=${field.value}`).join("&");
  return `${PREFIX}${document.body.dataset.rexReader ?? ""}:${new URL(form.action).pathname}?${about}`;
}

function keep(form) {
  const field = form.querySelector("textarea");
  const key = keyOf(form);
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
