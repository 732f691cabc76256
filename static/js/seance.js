// A séance on several phones: each asks every few seconds where it is and how often it changed. What the others wrote is then
// brought into the page (told.js); another step shows its page. Whoever is writing is not interrupted: a line says that the
// séance went on, and the page waits. What is being typed is kept in this window alone (sessionStorage: gone with it), so that a
// reload loses nothing, and stays a question when the séance is no longer at the questions. Without this file one reloads by hand.

import { erase, eraseAtTheEnd, keysOf, read, write } from "./in-tab.js";
import "./offline.js";
import { bring } from "./told.js";

const EVERY = 10_000; // ms
const PREFIX = "rex-seance:";
const DONE = ["#dit", "#depot", "#compte-rendu"]; // where the page that an act leads to begins

const reader = document.body.dataset.rexReader ?? ""; // what another person typed here is not theirs

/** Keep what is typed in a form's text until the server has it: the page that an act leads to says so by its anchor. */
function keep(form) {
  const field = form.elements.texte;
  const key = keyOf(new URL(form.action).pathname);
  const drawn = field.value;
  const round = form.elements.de?.value;
  const found = read(key);
  if (found?.sent && DONE.includes(location.hash)) erase(key);
  else if (found && found.from === drawn && found.text !== drawn && !form.querySelector("[aria-invalid]")) {
    field.value = found.text;
    form.closest("details")?.setAttribute("open", "");
    if (found.round !== round) offer(form, found.round, round);
  }
  const kept = () => ({ text: field.value, from: drawn, round: form.elements.de?.value });
  field.addEventListener("input", () => write(key, kept()));
  form.addEventListener("submit", () => write(key, { ...kept(), sent: true }));
  return () => field.value !== drawn;
}

/** A text begun in another round: as what it is said is chosen by who wrote it. */
function offer(form, written, now) {
  const postures = JSON.parse(form.dataset.rexPostures ?? "{}");
  if (!postures[written] || !postures[now]) return;
  const choices = document.createElement("fieldset");
  choices.className = "choices";
  choices.append(Object.assign(document.createElement("legend"), { textContent: "Ce texte, commencé avant, est" }));
  for (const round of [written, now]) {
    const choice = Object.assign(document.createElement("label"), { className: "option" });
    const radio = Object.assign(document.createElement("input"), { type: "radio", name: "de", value: round, checked: round === written });
    choice.append(radio, Object.assign(document.createElement("span"), { textContent: postures[round] }));
    choices.append(choice);
  }
  form.querySelector('input[type="hidden"][name="de"]').remove();
  form.querySelector(".actions").before(choices);
  form.querySelector(".actions button span").textContent = form.dataset.rexNeutral ?? "Envoyer";
}

/** What this window keeps for a field that this page does not draw: to be copied, once. */
function giveBack(page) {
  const fields = [...document.querySelectorAll("form[data-rex-kept]")].map((form) => keyOf(new URL(form.action).pathname));
  for (const key of keysOf(PREFIX)) {
    const found = read(key);
    if (!key.startsWith(keyOf(`${page.dataset.rexHere}/`)) || fields.includes(key) || !found?.text.trim()) continue;
    if (key.endsWith("/compte-rendu") || found.sent || found.text === found.from || page.querySelector(".seance-copy")) continue;
    const copy = Object.assign(document.createElement("div"), { className: "field seance-copy" });
    const label = Object.assign(document.createElement("label"), { htmlFor: "a-copier" });
    label.textContent = "Votre texte n’est pas envoyé : copiez-le si vous voulez le garder";
    copy.append(label, Object.assign(document.createElement("textarea"), { className: "input", id: "a-copier", rows: 5, readOnly: true, value: found.text }));
    page.querySelector(".seance-phase")?.before(copy);
  }
}

function keyOf(path) {
  return `${PREFIX}${reader}:${path}`;
}

/** Ask where the séance is and how often it changed: bring what others wrote; once it is elsewhere, show it, or say so to somebody
 *  who is writing. */
function follow(page, isWriting) {
  let isSending = false; // what the server says to who sends is not for this page to take
  const timer = setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  document.addEventListener("submit", () => (isSending = true));

  async function ask() {
    if (document.hidden || isSending) return;
    const state = await stateAt(page.dataset.rexSeance);
    if (state === null || isSending) return;
    if (state.etat !== page.dataset.rexStep) return goThere();
    if (String(state.fois) !== page.dataset.rexTimes) await bring(page, EVERY);
  }

  function goThere() {
    clearInterval(timer);
    if (!isWriting()) location.assign(page.dataset.rexHere); // not a reload: this page may answer a form
    else if (!page.querySelector(".seance-moved")) page.append(moved(page.dataset.rexHere));
  }
}

/** Where the séance is (etat) and how often it changed (fois), or null when the server does not answer now. */
async function stateAt(address) {
  try {
    const answer = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(EVERY) });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null; // asked again later
  }
}

function moved(address) {
  const said = document.createElement("div");
  said.className = "status seance-moved";
  said.setAttribute("role", "status");
  const words = document.createElement("span");
  words.textContent = "La séance a changé d’étape. Votre texte reste dans le champ.";
  const link = document.createElement("a");
  link.className = "button button-ghost";
  link.href = address;
  link.textContent = "Voir où elle en est";
  said.append(words, link);
  return said;
}

/** What was kept goes into the compte rendu under what is typed already; without this, the link draws the page again with it. */
for (const link of document.querySelectorAll("[data-rex-insert]")) {
  link.addEventListener("click", (event) => {
    const field = document.querySelector("form[data-rex-kept] textarea");
    if (!field) return;
    event.preventDefault();
    field.value = [field.value.trim(), link.dataset.rexInsert].filter(Boolean).join("\n\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
}

const writing = [...document.querySelectorAll("form[data-rex-kept]")].map(keep);
for (const page of document.querySelectorAll("[data-rex-seance]")) follow(page, () => writing.some((is) => is()));
for (const page of document.querySelectorAll("[data-rex-seance]")) giveBack(page);
eraseAtTheEnd(PREFIX);
