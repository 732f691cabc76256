// The picker of balises without reloading: the checkboxes say what is chosen, the chips and the stances follow them.

import { sayFilled } from "./field.js";
import { added, AT_MOST, chosenTitle, FIRST_THREE, found, stanceTitle, takenOff } from "./words.js";

const MOST = 8;
const LEADING = 3;
const REFRESH_EVERY = 4000; // ms between two looks at what the text proposes
const CROSS = "M6 6l12 12M18 6 6 18";

export class Picker {
  #root;
  #stances;
  #search;
  #changed;
  #say;
  #chosen = []; // codes, in the order chosen
  #boxes = new Map(); // code → checkbox
  #unfolded = null; // the disclosures that were open before a search

  /** `changed()`: the choice is no longer what it was. `say(words)`: for those who listen. */
  constructor(form, { changed, say }) {
    this.#root = form.querySelector("[data-rex-picker]");
    this.#stances = form.querySelector("[data-rex-stances]");
    this.#search = this.#root.querySelector("[data-rex-picker-search]");
    this.#changed = changed;
    this.#say = say;
    for (const box of this.#root.querySelectorAll("[data-rex-balise]")) this.#boxes.set(box.dataset.rexBalise, box);
    const chips = [...this.#root.querySelectorAll("[data-rex-balise-off]")].map((chip) => chip.dataset.rexBaliseOff);
    const ticked = [...this.#boxes].filter(([, box]) => box.checked).map(([code]) => code);
    this.#chosen = [...new Set([...chips, ...ticked])];
    this.#search.removeAttribute("list"); // the filter below says more than the browser's own list
    this.#listen();
    this.#draw();
  }

  /** What is chosen: [[code, stance], …] in order. */
  get pairs() {
    return this.#chosen.map((code) => [code, this.#stance(code)?.value ?? "illustre"]);
  }

  /** Show another choice: one that was kept in this browser. */
  show(pairs) {
    this.#chosen = pairs.map(([code]) => code);
    this.#draw();
    for (const [code, stance] of pairs) if (this.#stance(code)) this.#stance(code).value = stance;
  }

  #listen() {
    this.#root.addEventListener("click", (event) => {
      const chip = event.target.closest("[data-rex-balise-on], [data-rex-balise-off]");
      if (!chip) return;
      event.preventDefault();
      if (chip.dataset.rexBaliseOn) this.#addProposed(chip);
      else this.#takeOffChip(chip);
    });
    this.#root.addEventListener("change", ({ target }) => {
      if (!target.dataset.rexBalise) return;
      if (target.checked) this.#add(target.dataset.rexBalise);
      else this.#takeOff(target.dataset.rexBalise);
    });
    this.#stances?.addEventListener("change", () => this.#changed());
    this.#search.addEventListener("input", () => this.#filter());
    this.#search.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      const first = this.#found().find(([code]) => !this.#chosen.includes(code));
      if (this.#search.value.trim() && first && this.#add(first[0])) {
        this.#search.value = "";
        this.#filter();
      }
    });
  }

  #add(code) {
    if (!this.#chosen.includes(code) && this.#chosen.length >= MOST) {
      this.#draw(AT_MOST);
      this.#say(AT_MOST);
      return false;
    }
    this.#chosen = [...new Set([...this.#chosen, code])];
    this.#draw();
    this.#say(added(this.#label(code)));
    this.#changed();
    return true;
  }

  #takeOff(code) {
    const label = this.#label(code);
    this.#chosen = this.#chosen.filter((one) => one !== code);
    this.#draw();
    this.#say(takenOff(label));
    this.#changed();
  }

  #takeOffChip(chip) {
    const item = chip.closest("li");
    const next = item.nextElementSibling ?? item.previousElementSibling;
    this.#takeOff(chip.dataset.rexBaliseOff);
    (next?.querySelector("button") ?? this.#search).focus();
  }

  #addProposed(chip) {
    const item = chip.closest("li");
    const next = item.nextElementSibling ?? item.previousElementSibling;
    if (!this.#add(chip.dataset.rexBaliseOn)) return;
    (next?.querySelector("button") ?? this.#search).focus({ preventScroll: true });
  }

  #draw(hint = this.#chosen.length > LEADING ? FIRST_THREE : "") {
    for (const [code, box] of this.#boxes) box.checked = this.#chosen.includes(code);
    const place = this.#root.querySelector("[data-rex-picker-chosen]");
    const list = place.querySelector("ul");
    const chips = new Map([...list.children].map((item) => [item.querySelector("button").value, item]));
    arrange(list, this.#chosen.map((code) => chips.get(code) ?? this.#chip(code)));
    place.querySelector("h3").textContent = chosenTitle(this.#chosen.length);
    place.querySelector(":scope > .hint")?.remove();
    if (hint) place.append(element("p", "hint", hint));
    place.hidden = this.#chosen.length === 0;
    this.#drawStances();
    this.#dropProposed(this.#root.querySelector("[data-rex-picker-proposed]"));
    sayFilled("balises", this.#chosen.length > 0);
  }

  #chip(code) {
    const box = this.#boxes.get(code);
    const button = element("button", "chip chip-chosen");
    Object.assign(button, { type: "submit", name: "retirer", value: code });
    button.dataset.rexBaliseOff = code;
    const group = box.closest("[data-rex-picker-enjeu]");
    button.dataset.enjeu = group.dataset.rexPickerEnjeu;
    const short = element("span", "", this.#label(code));
    short.ariaHidden = "true";
    button.append(group.querySelector("summary svg").cloneNode(true), element("span", "vh", "Retirer "), short);
    button.append(element("span", "vh", this.#name(code)), cross());
    const item = document.createElement("li");
    item.append(button);
    return item;
  }

  #drawStances() {
    if (!this.#stances) return;
    const kept = new Map([...this.#stances.querySelectorAll("select")].map((select) => [select.name, select.parentElement]));
    const fields = this.#chosen.map((code) => kept.get(`posture-${code}`) ?? this.#stanceField(code));
    const legend = this.#stances.querySelector("legend");
    legend.textContent = stanceTitle(this.#chosen.length);
    arrange(this.#stances, [legend, ...fields]);
    this.#stances.hidden = this.#chosen.length === 0;
  }

  #stanceField(code) {
    const field = element("div", "field");
    const label = element("label", "", this.#name(code));
    const select = element("select", "input");
    label.htmlFor = select.id = select.name = `posture-${code}`;
    for (const [value, sentence] of JSON.parse(this.#stances.dataset.rexStances)) select.add(new Option(sentence, value));
    field.append(label, select);
    return field;
  }

  #stance(code) {
    return this.#stances?.querySelector(`select[name="posture-${CSS.escape(code)}"]`);
  }

  #label(code) {
    const box = this.#boxes.get(code);
    return (box?.parentElement.querySelector("span").firstChild ?? this.#chipOf(code)).textContent.trim();
  }

  #name(code) {
    return this.#boxes.get(code)?.dataset.rexName || this.#label(code);
  }

  #chipOf(code) {
    return this.#root.querySelector(`[data-rex-balise-off="${CSS.escape(code)}"] span:not(.vh)`);
  }

  // --- search ---

  #found() {
    const asked = folded(this.#search.value).split(" ");
    return [...this.#boxes].filter(([code]) => {
      const text = folded(`${this.#label(code)} ${this.#name(code)}`);
      return asked.every((word) => text.includes(word));
    });
  }

  #filter() {
    const groups = [...this.#root.querySelectorAll("[data-rex-picker-enjeu]")];
    const searching = this.#search.value.trim() !== "";
    const fitting = new Set(this.#found().map(([, box]) => box));
    this.#unfolded ??= new Set(groups.filter((group) => group.open));
    for (const box of this.#boxes.values()) box.closest("li").hidden = !fitting.has(box);
    for (const group of groups) {
      const any = [...group.querySelectorAll("[data-rex-balise]")].some((box) => fitting.has(box));
      group.hidden = !any;
      group.open = searching ? any : this.#unfolded.has(group);
    }
    let count = this.#root.querySelector("[data-rex-picker-count]");
    if (!count) {
      count = element("p", "hint");
      count.dataset.rexPickerCount = "";
      this.#search.after(count);
    }
    count.textContent = searching ? found(fitting.size) : "";
    if (searching) this.#say(count.textContent);
    else this.#unfolded = null;
  }

  // --- what the text proposes ---

  /** A function to call after a save: it looks again at what the text proposes, never under the hand of the person. */
  proposals(server, path) {
    const place = this.#root.querySelector("[data-rex-picker-proposed]");
    let due = false;
    let resting = false;
    const look = async () => {
      if (!due || resting || this.#root.contains(document.activeElement)) return;
      due = false;
      resting = true;
      setTimeout(() => {
        resting = false;
        look();
      }, REFRESH_EVERY);
      const html = await server.fragment(path);
      if (html === null) return;
      if (this.#root.contains(document.activeElement)) {
        due = true; // somebody came here meanwhile
        return;
      }
      place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
      this.#dropProposed(place);
    };
    this.#root.addEventListener("focusout", () => setTimeout(look));
    return () => {
      due = true;
      look();
    };
  }

  #dropProposed(place) {
    for (const chip of place.querySelectorAll("[data-rex-balise-on]")) {
      if (this.#chosen.includes(chip.dataset.rexBaliseOn)) chip.closest("li").remove();
    }
    place.hidden = !place.querySelector("[data-rex-balise-on]");
  }
}

/** Lower case, no accent, one kind of apostrophe and space: « Créer » is found by « creer ». */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’']/g, " ").toLowerCase().trim().replace(/\s+/g, " ");
}

/** Make `items` the children of `parent`, moving nothing that is already in its place (a moved button loses the focus). */
function arrange(parent, items) {
  for (const child of [...parent.children]) if (!items.includes(child)) child.remove();
  items.forEach((item, rank) => parent.children[rank] !== item && parent.insertBefore(item, parent.children[rank] ?? null));
}

function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function cross() {
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  for (const [name, value] of [["class", "icon"], ["viewBox", "0 0 24 24"], ["aria-hidden", "true"], ["focusable", "false"]]) {
    icon.setAttribute(name, value);
  }
  path.setAttribute("d", CROSS);
  icon.append(path);
  return icon;
}
