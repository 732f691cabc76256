// « @ » in a message proposes the names of its readers: a list under the field, walked with the arrows, taken with Enter or
// Tab, left with Escape. Without script one types the name; the server finds it all the same.

const WAIT = 180; // ms of rest before asking
const BEFORE_AT = /(?:^|[\s(«"'’])@([\p{L}\p{N}'’.\- ]{1,40})$/u;

function propose(form) {
  const field = form.querySelector("textarea[name=texte]");
  if (!field) return;
  const list = document.createElement("ul");
  list.className = "mention-list";
  list.id = "mention-list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Personnes qui liront ce message");
  const frame = document.createElement("div");
  frame.className = "mention-field";
  field.replaceWith(frame);
  frame.append(field, list);
  const said = document.createElement("p");
  said.className = "vh";
  said.setAttribute("role", "status");
  form.append(said);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);

  let timer = 0;
  let asked = 0; // the last question asked: a late answer to an earlier one is left
  let chosen = -1;

  field.addEventListener("input", () => {
    keepThoseThatBegin(begun());
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("blur", () => setTimeout(close, WAIT));
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
    else if (event.key === "Escape") close();
    else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) take(list.children[chosen].textContent);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault(); // the field keeps the keyboard
    const option = event.target.closest("[role=option]");
    if (option) take(option.textContent);
  });

  function begun() {
    if (field.selectionStart !== field.selectionEnd) return "";
    return field.value.slice(0, field.selectionStart).match(BEFORE_AT)?.[1] ?? "";
  }

  /** What was proposed for fewer letters goes at once when no word of it begins so. */
  function keepThoseThatBegin(words) {
    if (list.hidden) return;
    const names = [...list.children].map((option) => option.textContent);
    const kept = words.trim() ? names.filter((name) => beginsAWord(name, words.trim())) : [];
    if (kept.length < names.length) show(kept);
  }

  async function ask() {
    const words = begun();
    const question = ++asked;
    if (!words.trim() || words.endsWith("  ")) return close();
    const address = new URL(form.dataset.rexMentions, location.href);
    address.searchParams.set("q", words.trim());
    let names = [];
    try {
      const answer = await fetch(address, { redirect: "error" });
      if (answer.ok) names = (await answer.json()).names;
    } catch {
      return close(); // no network: the name can be typed
    }
    if (question === asked && begun() === words) show(names);
  }

  function show(names) {
    const typed = begun().trim();
    if (names.every((name) => name === typed)) return close(); // nothing to add to what is there, or nobody
    list.replaceChildren(
      ...names.map((name, rank) => {
        const option = document.createElement("li");
        option.id = `mention-${rank}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = name;
        return option;
      }),
    );
    list.hidden = false;
    chosen = -1;
    field.removeAttribute("aria-activedescendant");
    said.textContent = names.length > 1 ? `${names.length} noms proposés, flèche vers le bas pour choisir.` : `Nom proposé\u00a0: ${names[0]}.`;
  }

  function choose(rank) {
    const options = [...list.children];
    chosen = (rank + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    field.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  }

  function take(name) {
    const start = field.selectionStart - begun().length;
    field.setRangeText(`${name} `, start, field.selectionStart, "end");
    close();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function close() {
    list.hidden = true;
    chosen = -1;
    said.textContent = "";
    field.removeAttribute("aria-activedescendant");
  }
}

/** Whether a word of this name begins with what is typed, without accents nor capitals, as the server finds it. */
function beginsAWord(name, typed) {
  const [where, what] = [name, typed].map((text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("’", "'").toLowerCase());
  return [...where.matchAll(/(?<![\p{L}\p{N}_])[\p{L}\p{N}_]/gu)].some(({ index }) => where.startsWith(what, index));
}

for (const form of document.querySelectorAll("form[data-rex-mentions]")) propose(form);
