// What others wrote, brought into a page that is open: its parts that say what was said (data-rex-told) become those of the page
// as it is now. Nothing else is touched: not the field where one types, not where one reads, not what has the focus.

const OURS = /(name="(?:csrf_token|idempotency_key)" value=")[^"]*/g; // another at each drawing of the same words
const SAID_FOR = 8_000; // ms
const TAKES_FOCUS = "a[href], button, input, summary, textarea, select";

/** Fetch the page and take from it what was said meanwhile, and say so politely. */
export async function bring(page, within) {
  const fresh = await drawn(page.dataset.rexHere, within);
  if (fresh?.dataset.rexStep !== page.dataset.rexStep) return; // it went on in between: the next answer says so
  const known = new Set(texts(page));
  const changes = [];
  stayingThere(() => {
    for (const part of page.querySelectorAll("[data-rex-told]")) {
      const its = fresh.querySelector(`[data-rex-told="${part.dataset.rexTold}"]`);
      if (!its || plain(part) === plain(its)) continue;
      settle(part, its);
      if (its.dataset.rexChanged) changes.push(its.dataset.rexChanged);
    }
  });
  page.dataset.rexTimes = fresh.dataset.rexTimes;
  const more = texts(page).filter((id) => !known.has(id)).length;
  const news = page.querySelector("[data-rex-news]");
  if (!news || !(more || changes.length)) return;
  news.textContent = more ? `${more} ${more > 1 ? "textes" : "texte"} de plus` : changes[0];
  setTimeout(() => (news.textContent = ""), SAID_FOR);
}

async function drawn(address, within) {
  try {
    const answer = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(within) });
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-rex-seance]");
  } catch {
    return null; // brought with a later answer
  }
}

/** The texts of others, as the page shows them. */
function texts(page) {
  return [...page.querySelectorAll("[data-rex-text]")].map((text) => text.id);
}

function plain(element) {
  return element.outerHTML.replace(OURS, "$1").replace(/\s+/g, " ");
}

/** Make the children of `old` those of `fresh`, keeping each that says the same. Lists are looked into, the rest is taken whole. */
function settle(old, fresh) {
  const staying = new Set([...fresh.children].map(nameOf));
  for (const gone of [...old.children].filter((child) => !staying.has(nameOf(child)))) gone.remove();
  const known = new Map([...old.children].map((child) => [nameOf(child), child]));
  let place = old.firstElementChild;
  for (const child of [...fresh.children]) {
    const kept = known.get(nameOf(child));
    let shown = child;
    if (kept && plain(kept) === plain(child)) shown = kept;
    else if (kept && child.hasAttribute("data-rex-list")) settle((shown = kept), child);
    else if (kept) exchange(kept, child);
    if (kept && kept === place) place = shown === kept ? kept.nextElementSibling : child.nextElementSibling;
    else if (shown.parentElement !== old || shown.nextElementSibling !== place) old.insertBefore(shown, place);
  }
}

function nameOf(element) {
  return element.id || plain(element);
}

/** Put `child` in the place of `kept`; what had the focus in it has it still. */
function exchange(kept, child) {
  const rank = [...kept.querySelectorAll(TAKES_FOCUS)].indexOf(document.activeElement);
  kept.replaceWith(child);
  if (rank >= 0) child.querySelectorAll(TAKES_FOCUS)[rank]?.focus({ preventScroll: true });
}

/** Do it, and leave what is under the eyes where it is: the field where one types, else the first text that is seen. */
function stayingThere(act) {
  const root = document.documentElement;
  const typing = document.activeElement?.matches("textarea, input") ? document.activeElement : null;
  const eyes = typing ?? [...document.querySelectorAll("[data-rex-text], .said-one, .seance h2, .seance h3")].find(isSeen);
  const before = eyes?.getBoundingClientRect().top;
  root.style.overflowAnchor = "none"; // browsers that do it by themselves would do it twice
  act();
  if (eyes?.isConnected) scrollBy({ top: eyes.getBoundingClientRect().top - before, behavior: "instant" });
  requestAnimationFrame(() => root.style.removeProperty("overflow-anchor"));
}

function isSeen(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}
