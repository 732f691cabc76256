// The line that says whether what is written is safe. Eyes see each change; ears hear only what is new to them: the first
// save, a loss of network, the return to calm. The visible line is therefore no live region, its hidden double is.

import { closed, expired, offline, REFUSED, saved, SAVING, SIGN_IN } from "./words.js";

const TROUBLES = { offline, expired, closed };
const LASTING = ["closed", "expired", "offline", "refused"];
const GRAVEST_FIRST = [...LASTING, "saving", "saved", "merged"];

export class Status {
  #line = document.querySelector("[data-rex-save-status]");
  #voice = document.createElement("p");
  #states = new Map();
  #announced = null;
  #at = "";
  #shown = "";
  #copies;

  constructor(copies) {
    this.#copies = copies;
    this.#voice.className = "vh";
    this.#voice.setAttribute("role", "status");
    document.querySelector("main").append(this.#voice);
    this.#line?.removeAttribute("role");
  }

  /** `state` of the thing named `key`; `at`: the hour of its save, in words. */
  set(key, state, at) {
    // A trouble stays written while the next try is on its way: its link must not go from under the mouse.
    if (state !== "saving" || !LASTING.includes(this.#states.get(key))) this.#states.set(key, state);
    if (at) this.#at = at;
    this.#draw();
  }

  /** Say it once to those who listen. */
  say(sentence) {
    this.#voice.textContent = sentence;
  }

  /** Say again why things are not saved: somebody asks to go on. */
  insist() {
    this.#announced = null;
    this.#voice.textContent = "";
    this.#draw();
  }

  #draw() {
    const states = [...this.#states.values()];
    const state = GRAVEST_FIRST.find((one) => states.includes(one));
    const sentence = this.#sentence(state);
    if (this.#line && sentence && sentence !== this.#shown) {
      this.#shown = sentence;
      const look = state in TROUBLES ? "offline" : { refused: "conflict", saving: "saving" }[state];
      this.#line.dataset.state = look ?? "saved";
      const place = this.#line.querySelector("[data-rex-save-words]");
      place.textContent = sentence;
      if (state === "expired") place.append(" ", signInLink());
    }
    if (!sentence || state === "saving") return;
    const kind = state === "merged" ? "saved" : state;
    if (kind !== this.#announced) this.say(sentence);
    this.#announced = kind;
  }

  #sentence(state) {
    if (state === undefined) return "";
    if (state in TROUBLES) return TROUBLES[state](this.#copies.works);
    return { saving: SAVING, refused: REFUSED }[state] ?? saved(this.#at);
  }
}

function signInLink() {
  const link = document.createElement("a");
  link.href = `/connexion?suite=${encodeURIComponent(location.pathname)}`;
  link.textContent = SIGN_IN;
  return link;
}
