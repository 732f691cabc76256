// How far an archive is: the page asks for itself every few seconds and brings in what changed; once the archive is ready, it is
// read anew. Without this file it is read anew every few seconds, by the browser itself.

const EVERY = 10_000; // ms
const GIVE_UP = 30_000; // ms; a network that says nothing for that long is no network

const here = document.querySelector("[data-rex-archive]");

async function look() {
  if (!document.hidden) {
    const page = await asked();
    const there = page?.querySelector("[data-rex-archive]");
    if (page && !there) return location.reload();
    if (there && there.textContent !== here.textContent) here.replaceChildren(...there.childNodes);
  }
  setTimeout(look, EVERY);
}

/** This page as it is now, or null when it cannot be had. */
async function asked() {
  try {
    const answer = await fetch(location.href, { redirect: "error", signal: AbortSignal.timeout(GIVE_UP) });
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  } catch {
    return null; // asked again later
  }
}

if (here) setTimeout(look, EVERY);
