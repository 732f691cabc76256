// One field of the récit: its saves, what is said beside it, its place in the rail.

import { carry, follow } from "./splice.js";
import { Saver } from "./saving.js";
import { EMPTY, FILLED, FOUND_AGAIN, here, OPTIONAL, STARTED } from "./words.js";

const GROWS_BY_ITSELF = CSS.supports("field-sizing", "content");

export class Field {
  #part;
  #input;

  /** `part`: the [data-rex-section] of the field. `page`: {recit, form, server, copies, status, say}. */
  constructor(part, page) {
    this.#part = part;
    this.#input = part.querySelector("textarea");
    this.page = page;
    this.slug = part.dataset.rexSection;
    this.saver = new Saver({
      slug: this.slug,
      path: `/recits/${page.recit}/sections/${this.slug}`,
      text: this.#input.getAttribute("aria-invalid") ? null : this.#input.defaultValue,
      base: Number(part.dataset.rexVersion),
      read: () => this.#input.value,
      body: (text, base) => ({ text, base }),
      kept: (answer, text) => [answer.text ?? text, answer.version],
      told: (kind, answer, text) => this.#told(kind, answer, text),
      server: page.server,
      copies: page.copies,
    });
    if (cameBack() && page.copies.works) this.#input.value = this.#input.defaultValue;
    this.#input.addEventListener("input", () => this.#typed());
    this.#input.addEventListener("change", () => this.saver.flush());
    if (this.slug === "titre") this.#input.addEventListener("keydown", (event) => this.#stayOnOneLine(event));
    this.#grow();
  }

  get isFilled() {
    return this.#input.value.trim() !== "";
  }

  /** Take a text that another page load left in this browser; true when it need not be kept elsewhere any more. */
  async adopt({ text, base, sent }) {
    if (text === this.saver.saved) return true;
    const from = sent === this.saver.saved ? this.saver.base : base;
    if (this.saver.isDirty) {
      // Something newer is in the field already: this one goes to the server first, which brings them together.
      const { kind } = await this.page.server.put(this.saver.path, { text, base: from });
      return kind === "saved" || kind === "merged";
    }
    this.saver.base = from;
    this.#show(text);
    this.saver.copy();
    this.#note(FOUND_AGAIN);
    return true;
  }

  /** What another author saved, when nothing of ours is at stake; else the next save brings both together. */
  takeIn({ text, version }) {
    if (!this.saver.isCalm || version <= this.saver.base) return;
    this.saver.follow(text, version);
    this.#show(text, { unfold: false });
    this.page.form.elements[`base-${this.slug}`].value = version;
  }

  /** Say quietly who else writes here; null: nobody. */
  sayHere(person) {
    const line = this.#part.querySelector("[data-rex-here]");
    if (!line) return;
    line.hidden = !person;
    line.firstElementChild.textContent = person?.initials ?? "";
    line.lastElementChild.textContent = person ? here(person.name) : "";
  }

  /** Say who wrote it last. */
  sayWritten(words) {
    const line = this.#part.querySelector("[data-rex-written]");
    if (!line) return;
    line.textContent = words ?? "";
    line.hidden = !words;
  }

  /** Bring the field under the eyes and the caret into it. */
  focus() {
    this.#part.closest("details")?.setAttribute("open", "");
    this.#input.focus();
  }

  #typed() {
    this.#grow();
    this.#sayFilled();
    this.saver.touched();
  }

  #told(kind, answer, text) {
    this.page.status.set(this.slug, kind, answer?.at);
    if (kind === "refused") this.#fault(answer.message);
    if (kind === "saved" || kind === "merged") {
      this.#fault(null);
      this.page.form.elements[`base-${this.slug}`].value = answer.version;
      this.page.saved();
      if (kind === "merged") this.#show(carry(text, this.#input.value, answer.text));
      if (answer.message) this.#note(answer.message);
    }
  }

  /** Put a text in the field; the caret stays where it was in the text. */
  #show(text, { unfold = true } = {}) {
    const input = this.#input;
    const before = input.value;
    const places = [input.selectionStart, input.selectionEnd].map((place) => follow(before, text, place));
    input.value = text;
    if (document.activeElement === input) input.setSelectionRange(...places, input.selectionDirection);
    if (text && unfold) this.#part.closest("details")?.setAttribute("open", "");
    this.#grow();
    this.#sayFilled();
  }

  #note(words) {
    let note = this.#part.querySelector("[data-rex-note]");
    if (!note) {
      note = document.createElement("p");
      note.className = "coauthor";
      note.dataset.rexNote = "";
      this.#input.after(note);
    }
    note.textContent = words;
    this.page.say(words);
  }

  /** Write above the field why its text is not saved; null: no longer. */
  #fault(sentence) {
    const id = `${this.#input.id}-error`;
    let line = document.getElementById(id);
    const described = (this.#input.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
    if (sentence) {
      line ??= faultLine(id);
      line.lastElementChild.lastChild.textContent = sentence;
      this.#input.before(line);
      described.push(id);
      this.#input.setAttribute("aria-invalid", "true");
    } else {
      line?.remove();
      this.#input.removeAttribute("aria-invalid");
    }
    if (described.length) this.#input.setAttribute("aria-describedby", described.join(" "));
    else this.#input.removeAttribute("aria-describedby");
  }

  #sayFilled() {
    sayFilled(this.slug, this.isFilled);
    const state = this.#part.closest("details")?.querySelector(".disclosure-state");
    if (state && [STARTED, OPTIONAL].includes(state.textContent)) state.textContent = this.isFilled ? STARTED : OPTIONAL;
  }

  #grow() {
    if (GROWS_BY_ITSELF) return;
    this.#input.style.height = "auto";
    this.#input.style.height = `${this.#input.scrollHeight + 2}px`;
  }

  /** A title is one line: Enter leads to the end of the first section. */
  #stayOnOneLine(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const next = this.page.form.querySelector('[data-rex-section]:not([data-rex-section="titre"]) textarea');
    next?.focus();
    next?.setSelectionRange(next.value.length, next.value.length);
  }
}

/** Say in the rail whether a part of the récit is written. */
export function sayFilled(slug, isFilled) {
  const item = document.querySelector(`[data-rex-rail-item="${CSS.escape(slug)}"]`);
  if (!item || item.dataset.state === (isFilled ? "filled" : "empty")) return;
  item.dataset.state = isFilled ? "filled" : "empty";
  item.querySelector("[data-rex-rail-words]").textContent = isFilled ? FILLED : EMPTY;
}

/** Whether the page was reached through the history: the browser may have put an old text back in the fields, while
 *  what is worth keeping is on the server or in a copy. */
function cameBack() {
  return performance.getEntriesByType("navigation")[0]?.type === "back_forward";
}

function faultLine(id) {
  const line = document.createElement("p");
  line.className = "field-error";
  line.id = id;
  const words = document.createElement("span");
  const lead = document.createElement("span");
  lead.className = "vh";
  lead.textContent = "Erreur\u00a0: ";
  words.append(lead, "");
  line.append(words);
  return line;
}
