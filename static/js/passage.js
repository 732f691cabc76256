// On the page of a récit: selecting words of a section shows what may be done with them. The links lead to pages that work
// without script; nothing here holds the keyboard or the selection.

const PAUSE = 250; // ms during which a selection does not change before the bar follows it
const MOST = 600; // characters of a quote, as the server keeps them
const LEAST = 3;
const SHOWN = 80;

function begin(bar) {
  const links = [...bar.querySelectorAll("[data-rex-passage-link]")].map((link) => [link, link.getAttribute("href")]);
  const shown = bar.querySelector("[data-rex-passage-words]");
  const said = bar.querySelector("[data-rex-passage-said]");
  let timer = 0;
  let closedOn = ""; // the words on which somebody closed the bar

  document.addEventListener("selectionchange", () => {
    if (document.getSelection()?.isCollapsed) closedOn = ""; // another selection begins
    clearTimeout(timer);
    timer = setTimeout(follow, PAUSE);
  });
  bar.querySelector("[data-rex-passage-close]").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !bar.hidden) close();
  });

  function follow() {
    const found = selected();
    if (!found) {
      if (!bar.contains(document.activeElement)) hide();
      return;
    }
    const { place, words } = found;
    if (words === closedOn) return;
    closedOn = "";
    for (const [link, path] of links) {
      link.href = `${path}?${new URLSearchParams({ passage: place.dataset.rexPassage, mots: words })}`;
    }
    shown.textContent = `«\u202f${shortened(words)}\u202f»`;
    // right after its section, so that Tab leads from the words to what may be done with them
    if (place.nextElementSibling !== bar) place.after(bar);
    if (!bar.hidden) return;
    bar.hidden = false;
    said.textContent = links.length > 1
      ? "Passage sélectionné. Plus loin\u00a0: répondre, ou noter comme difficulté."
      : "Passage sélectionné. Plus loin\u00a0: répondre sur ce passage.";
  }

  function close() {
    closedOn = selected()?.words ?? "";
    hide();
  }

  function hide() {
    bar.hidden = true;
    said.textContent = "";
  }
}

/** The section and the words that are selected in it; null when nothing is, or across two sections. */
function selected() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const place = placeOf(range.startContainer);
  if (!place) return null;
  if (!place.contains(range.endContainer)) {
    // three clicks select a paragraph up to the beginning of what follows it
    const rest = range.cloneRange();
    rest.setStartAfter(place);
    if (rest.toString().trim() !== "") return null;
  }
  const words = tidied(selection.toString());
  return words.length < LEAST ? null : { place, words };
}

function placeOf(node) {
  return (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("[data-rex-passage]") ?? null;
}

/** One line a paragraph, cut between two words where a quote ends. */
function tidied(text) {
  const lines = text.split("\n").map((line) => line.replace(/\s+/g, " ").trim()).filter((line) => line);
  const words = lines.join("\n");
  if (words.length <= MOST) return words;
  const cut = Math.max(words.lastIndexOf(" ", MOST), words.lastIndexOf("\n", MOST));
  return words.slice(0, cut > MOST / 2 ? cut : MOST).trimEnd();
}

function shortened(words) {
  const line = words.replace(/\n/g, " ");
  return line.length <= SHOWN ? line : `${line.slice(0, line.lastIndexOf(" ", SHOWN)).replace(/[\s.,;:…-]+$/, "")}…`;
}

for (const bar of document.querySelectorAll("[data-rex-passage-bar]")) begin(bar);
