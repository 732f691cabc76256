// Saving one thing (a field, the chosen balises): after a pause, one request at a time, with a copy kept in this browser
// until the server confirms that very text.

const PAUSE = 2000; // ms without typing before a save
const COPY_WITHIN = 700; // ms; nothing typed stays longer than that in the page alone
const FIRST_RETRY = 2000;
const LAST_RETRY = 60_000;

export class Saver {
  #timer;
  #copying;
  #running = null;
  #thorough = false; // asked to go on until nothing is left
  #wait = FIRST_RETRY;
  #uncertain = null; // sent, and no answer came: it goes again, unchanged, before anything newer

  /** `slug`: name of its copies. `path`: where it is PUT. `text`: what the server has, on version `base`.
   *  `read()`: what it is now. `body(text, base)`: what is sent. `kept(answer, text)`: [what the server has now, the base of the next save].
   *  `told(kind, answer, text)`: hears what happened, after it was noted here. */
  constructor({ slug, path, text, base, read, body, kept, told, server, copies }) {
    Object.assign(this, { slug, path, base, read, body, kept, told, server, copies });
    this.saved = text;
    this.ready = Promise.resolve();
  }

  get isDirty() {
    return this.#uncertain !== null || this.read() !== this.saved;
  }

  /** Nothing is on its way, nothing waits to go: the server may say what there is. */
  get isCalm() {
    return !this.#running && !this.isDirty;
  }

  /** Another hand changed what the server has. */
  follow(text, base) {
    this.saved = text;
    this.base = base;
  }

  /** Something was typed. */
  touched() {
    this.#copying ??= setTimeout(() => this.copy(), COPY_WITHIN);
    this.#later(PAUSE);
  }

  /** Keep the present state in this browser, or forget it when the server has it. */
  copy() {
    clearTimeout(this.#copying);
    this.#copying = undefined;
    if (!this.isDirty) this.copies.erase(this.slug);
    else this.copies.keep(this.slug, { text: this.read(), base: this.base, sent: this.#uncertain });
  }

  /** Save now; resolves to « saved » once the server has all that was typed, else to what stands in the way. */
  flush() {
    this.#thorough = true;
    return this.#start();
  }

  /** The page may be going: keep a copy, and send what can be sent without waiting for an answer. */
  leaving() {
    if (!this.isDirty) return;
    this.copy();
    this.#start({ leaving: true });
  }

  #start(options) {
    clearTimeout(this.#timer);
    this.#running ??= this.#run(options).finally(() => {
      this.#running = null;
      this.#thorough = false;
    });
    return this.#running;
  }

  async #run({ leaving = false } = {}) {
    await this.ready;
    while (this.isDirty) {
      clearTimeout(this.#timer);
      const isOld = this.#uncertain !== null && this.#uncertain !== this.read();
      const text = (this.#uncertain ??= this.read());
      this.copy();
      this.told("saving");
      const answer = await this.server.put(this.path, this.body(text, this.base), { leaving });
      if (answer.kind !== "saved" && answer.kind !== "merged") return this.#failed(answer, text);
      this.#uncertain = null;
      this.#wait = FIRST_RETRY;
      [this.saved, this.base] = this.kept(answer, text);
      this.told(answer.kind, answer, text);
      this.copy();
      if (answer.kind === "merged" || !(this.#thorough || isOld)) {
        if (this.isDirty) this.#later(PAUSE);
        return answer.kind; // a merged text is to be read before anything is done with it
      }
    }
    return "saved";
  }

  #failed(answer, text) {
    if (answer.kind !== "offline") this.#uncertain = null; // the server said no: it has not kept it
    this.told(answer.kind, answer, text);
    if (answer.kind === "offline") {
      this.#later(this.#wait * (0.8 + 0.4 * Math.random()));
      this.#wait = Math.min(LAST_RETRY, this.#wait * 2);
    }
    return answer.kind;
  }

  #later(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#start(), delay);
  }
}
