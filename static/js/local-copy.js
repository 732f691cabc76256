// What was typed and is not yet confirmed by the server, kept in this browser: one record per reader, récit, field and
// page load, so that two windows never write over each other.
//
// Each record is written twice. localStorage is written at once, even while the page closes, but a browser commits it to
// the disk seconds later: killed before, it forgets. IndexedDB is on the disk as soon as it answers. The later one counts.
// An erased record stays in IndexedDB as a mark until the page load that wrote it is over: without it, a killed browser
// could bring back from localStorage a text that was confirmed, and perhaps changed, since.
//
// What is written in a peer group stays in its tab: sessionStorage alone, which ends with it.

const PREFIX = "rex-copie:";
const LOCK = "rex-page:";
const STORE = "copies";
const PATIENCE = 1500; // ms; how long a page that is being closed may still hold its lock

export class LocalCopies {
  #place;
  #page = Array.from(crypto.getRandomValues(new Uint32Array(2)), (part) => part.toString(36)).join("");
  #base;
  #last = 0;
  #store;
  works = true;

  /** `reader` and `recit`: public identifiers. Another reader's records are never read. `inTab`: nothing outlives the tab. */
  constructor(reader, recit, { inTab = false } = {}) {
    this.#place = `${PREFIX}${reader}:${recit}:`;
    this.#store = inTab ? "sessionStorage" : "localStorage";
    this.#base = inTab ? Promise.resolve(null) : openBase();
    if (inTab) eraseCopies(this.#place); // kept before the draft was moved into the group
    // Held as long as this page lives: the others then know that its records are in use.
    navigator.locks?.request(LOCK + this.#page, () => new Promise(() => {}));
  }

  /** Keep `record` ({text, base, sent}) for a field; what was kept for it before is replaced. */
  keep(slug, record) {
    this.#write(slug, { ...record, at: this.#now() });
  }

  /** Forget a field's record: the server has the text. */
  erase(slug) {
    this.#write(slug, { erased: true, at: this.#now() });
  }

  /** Hand what other page loads left behind for this récit to `adopt(record)`, oldest first; what it answers true for is
   *  forgotten. Records of a window that is still open are left to it. */
  async takeOver(adopt) {
    const pages = new Map();
    for (const [key, record] of await this.#readAll()) {
      const [slug, page] = key.slice(this.#place.length).split(":");
      if (page !== this.#page) pages.set(page, [...(pages.get(page) ?? []), { key, slug, ...record }]);
    }
    const begun = (records) => Math.min(...records.map((record) => (record.erased ? Infinity : record.at)));
    for (const [page, records] of [...pages].sort(([, one], [, other]) => begun(one) - begun(other))) {
      const cleared = whenClosed(page, async () => {
        const adopted = [];
        for (const record of records) if (record.erased || (await adopt(record))) adopted.push(record.key);
        await this.#forget(adopted);
      });
      if (begun(records) < Infinity) await cleared; // mere marks are cleared while the person already writes
    }
  }

  #now() {
    return (this.#last = Math.max(Date.now(), this.#last + 1));
  }

  #write(slug, record) {
    const key = `${this.#place}${slug}:${this.#page}`;
    let atOnce = true;
    try {
      if (record.erased) window[this.#store].removeItem(key);
      else window[this.#store].setItem(key, JSON.stringify(record));
    } catch {
      atOnce = false; // full, or refused by the browser's settings: IndexedDB may still do it
    }
    this.works = this.works || atOnce;
    this.#base
      .then((base) => base && done(base.transaction(STORE, "readwrite").objectStore(STORE).put(record, key)))
      .then((written) => (this.works = atOnce || Boolean(written)))
      .catch(() => (this.works = atOnce));
  }

  async #readAll() {
    const records = new Map();
    const base = await this.#base;
    if (base) {
      const store = base.transaction(STORE).objectStore(STORE);
      const range = IDBKeyRange.bound(this.#place, `${this.#place}\uffff`);
      const [keys, values] = await Promise.all([done(store.getAllKeys(range)), done(store.getAll(range))]);
      keys.forEach((key, rank) => records.set(key, values[rank]));
    }
    for (const key of storedKeys(this.#place, this.#store)) {
      const record = parsed(window[this.#store].getItem(key));
      if (record && record.at > (records.get(key)?.at ?? 0)) records.set(key, record);
    }
    return records;
  }

  async #forget(keys) {
    for (const key of keys) removeStored(key, this.#store);
    const base = await this.#base;
    const store = base?.transaction(STORE, "readwrite").objectStore(STORE);
    if (store) await Promise.all(keys.map((key) => done(store.delete(key))));
  }
}

/** Forget everything that was ever kept in this browser: somebody signs out. */
export async function eraseAllCopies() {
  for (const store of ["localStorage", "sessionStorage"]) for (const key of storedKeys(PREFIX, store)) removeStored(key, store);
  const base = await openBase();
  if (base) await done(base.transaction(STORE, "readwrite").objectStore(STORE).clear());
}

/** Forget what this browser keeps on its disk under `place`. */
async function eraseCopies(place) {
  for (const key of storedKeys(place, "localStorage")) removeStored(key, "localStorage");
  const base = await openBase();
  if (base) await done(base.transaction(STORE, "readwrite").objectStore(STORE).delete(IDBKeyRange.bound(place, `${place}\uffff`)));
}

/** The base of the copies, or null where the browser has none to give. */
function openBase() {
  return new Promise((resolve) => {
    try {
      const asked = indexedDB.open("rex", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = asked.onblocked = () => resolve(null);
      setTimeout(resolve, PATIENCE, null);
    } catch {
      resolve(null);
    }
  });
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Run `act` once the page load of that name is over. Where locks do not exist (plain http), at once. */
async function whenClosed(page, act) {
  if (!navigator.locks) return act();
  try {
    await navigator.locks.request(LOCK + page, { signal: AbortSignal.timeout(PATIENCE) }, act);
  } catch (error) {
    // Still open in another window, which takes care of its own records.
    if (!["AbortError", "TimeoutError"].includes(error.name)) throw error;
  }
}

/** `store`: the name of the storage; a browser may refuse it when it is only looked at. */
function storedKeys(prefix, store) {
  try {
    return Object.keys(window[store]).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

function removeStored(key, store) {
  try {
    window[store].removeItem(key);
  } catch {
    // No storage: nothing was kept there.
  }
}

function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
