// « Cela ressemble à … », while one writes a difficulty: tensions, and difficulties, that one reads already. Nothing is linked here.
// Without this file the form works; what resembles is then shown once the difficulty is told.

const PAUSE = 600; // ms without a key before the words are looked at
const GIVE_UP = 8_000;
const AGAIN = 2_000; // ms before words that could not be looked at are looked at again, though nobody types any more
const TRIES = 3;
const ENOUGH = 30; // characters; fewer resemble nothing

function begin(form) {
  const words = form.elements.mots;
  const place = form.querySelector("[data-rex-near-place]");
  if (!place || !words || words.type === "hidden") return;
  let timer = 0;
  let seen = "";
  let asked = null;
  let tries = 0;
  words.addEventListener("input", () => {
    clearTimeout(timer);
    tries = 0;
    timer = setTimeout(look, PAUSE);
  });

  async function look() {
    if (words.value === seen) return;
    seen = words.value;
    asked?.abort();
    if (seen.length < ENOUGH) return place.replaceChildren();
    const asking = (asked = new AbortController());
    const giveUp = setTimeout(() => asking.abort(), GIVE_UP);
    const items = await near(form, asking.signal);
    clearTimeout(giveUp);
    if (items === null && asked === asking) {
      seen = "";
      if (++tries < TRIES) timer = setTimeout(look, AGAIN);
    }
    // what somebody is about to open stays where it is
    if (items === null || words.value !== seen || place.contains(document.activeElement)) return;
    show(place, items);
  }
}

/** What resembles the words of this form: a list, or null when it cannot be had now. */
async function near(form, signal) {
  const body = new URLSearchParams();
  for (const name of ["csrf_token", "collectif", "mots"]) body.set(name, form.elements[name]?.value ?? "");
  for (const box of form.querySelectorAll('input[name="balises"]:checked')) body.append("balises", box.value);
  try {
    const answer = await fetch(form.dataset.rexNear, { method: "POST", body, redirect: "error", signal });
    return answer.ok ? (await answer.json()).items : null;
  } catch {
    return null; // it comes with a later pause
  }
}

function show(place, items) {
  if (!items.length) return place.replaceChildren();
  const list = document.createElement("ul");
  list.append(...items.map(line));
  place.replaceChildren(paragraph("Cela ressemble à"), list, paragraph("Vous pourrez relier votre difficulté une fois partagée", "hint"));
}

function line({ title, url, what, why, strength }) {
  const link = document.createElement("a");
  link.href = url;
  link.target = "_blank";
  link.rel = "noopener";
  const aside = document.createElement("span");
  aside.className = "vh";
  aside.textContent = " (nouvel onglet)";
  link.append(title, aside);
  const name = paragraph("", "near-name");
  name.append(link);
  const item = document.createElement("li");
  item.append(name, paragraph(`${what}. ${strength}.`, "small muted"));
  if (why) item.append(paragraph(why, "small"));
  return item;
}

function paragraph(text, className = "") {
  const made = document.createElement("p");
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

for (const form of document.querySelectorAll("[data-rex-near]")) begin(form);
