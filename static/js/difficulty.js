// Noting a difficulty, once scripts run: balises that its words propose come while one writes, never ticked, never in the way.
// Without this file the form works; the balises are then proposed once the difficulty is told.

const PAUSE = 900; // ms without a key before the words are looked at
const GIVE_UP = 10_000;
const ENOUGH = 30; // characters; fewer propose nothing

function begin(form) {
  const place = form.querySelector("[data-rex-proposed]");
  const words = form.elements.mots;
  if (!place || !words || words.type === "hidden") return;
  let timer = 0;
  let seen = words.value;
  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });

  async function look() {
    if (words.value === seen || words.value.length < ENOUGH) return;
    seen = words.value;
    const html = await proposed(form);
    // what somebody ticked, or is about to, stays where it is
    if (html === null || place.contains(document.activeElement) || place.querySelector(":checked")) return;
    place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  }
}

/** The fragment of what the words propose, or null when it cannot be had now. */
async function proposed(form) {
  const body = new URLSearchParams();
  for (const name of ["csrf_token", "collectif", "mots", "effet"]) body.set(name, form.elements[name]?.value ?? "");
  try {
    const answer = await fetch(form.dataset.rexDifficulty, {
      method: "POST",
      body,
      redirect: "error",
      signal: AbortSignal.timeout(GIVE_UP),
    });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null; // it comes with a later pause
  }
}

for (const form of document.querySelectorAll("[data-rex-difficulty]")) begin(form);
