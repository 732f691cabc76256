// A séance on several phones: each asks every few seconds where it is, and shows the page of that moment. Whoever is writing is
// not interrupted: a line says that the séance went on, and the page waits. What is being typed is kept in this window alone
// (sessionStorage: gone with it), so that a reload loses nothing. Without this file one reloads the page by hand.

import "./offline.js";

const EVERY = 10_000; // ms
const PREFIX = "rex-seance:";

const reader = document.querySelector("[data-rex-reader]")?.dataset.rexReader ?? ""; // what another person typed here is not theirs

/** Keep what is typed in a form's text until the server has it: the page that an act leads to says so by its anchor. */
function keep(form) {
  const field = form.elements.texte;
  const key = `${PREFIX}${reader}:${new URL(form.action).pathname}`;
  const drawn = field.value;
  const found = read(key);
  if (found?.sent && (location.hash === "#dit" || location.hash === "#depot" || location.hash === "#compte-rendu")) erase(key);
  else if (found && found.from === drawn && found.text !== drawn && !form.querySelector("[aria-invalid]")) field.value = found.text;
  field.addEventListener("input", () => write(key, { text: field.value, from: drawn }));
  form.addEventListener("submit", () => write(key, { text: field.value, from: drawn, sent: true }));
  return () => field.value !== drawn;
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null; // the browser keeps nothing
  }
}

function write(key, record) {
  try {
    sessionStorage.setItem(key, JSON.stringify(record));
  } catch {
    // nothing is kept: the text is in the field
  }
}

function erase(key) {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}

/** Ask where the séance is; once it is elsewhere, show it, or say so to somebody who is writing. */
function follow(page, isWriting) {
  const timer = setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", () => document.hidden || ask());

  async function ask() {
    if (document.hidden) return;
    const step = await stepAt(page.dataset.rexSeance);
    if (step === null || step === page.dataset.rexStep) return;
    clearInterval(timer);
    if (!isWriting()) location.assign(page.dataset.rexHere); // not a reload: this page may answer a form
    else if (!page.querySelector(".seance-moved")) page.append(moved(page.dataset.rexHere));
  }
}

/** Where the séance is, or null when the server does not answer now. */
async function stepAt(address) {
  try {
    const answer = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(EVERY) });
    return answer.ok ? (await answer.json()).etat : null;
  } catch {
    return null; // asked again later
  }
}

function moved(address) {
  const said = document.createElement("div");
  said.className = "status seance-moved";
  said.setAttribute("role", "status");
  const words = document.createElement("span");
  words.textContent = "La séance a avancé. Votre texte reste dans le champ.";
  const link = document.createElement("a");
  link.className = "button button-ghost";
  link.href = address;
  link.textContent = "Voir où elle en est";
  said.append(words, link);
  return said;
}

for (const form of document.querySelectorAll('form[action="/deconnexion"]')) {
  form.addEventListener("submit", () => kept().forEach(erase));
}

/** What this window keeps of séances. */
function kept() {
  try {
    return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return []; // the browser keeps nothing
  }
}

const writing = [...document.querySelectorAll("form[data-rex-kept]")].map(keep);
for (const page of document.querySelectorAll("[data-rex-seance]")) follow(page, () => writing.some((is) => is()));
