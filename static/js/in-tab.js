// What this window alone keeps (sessionStorage: gone with it). A browser that keeps nothing is no error: the text is in its field.

export function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null; // the browser keeps nothing
  }
}

export function write(key, record) {
  try {
    sessionStorage.setItem(key, JSON.stringify(record));
  } catch {
    // nothing is kept: the text is in the field
  }
}

export function erase(key) {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}

/** The keys that begin so. */
export function keysOf(prefix) {
  try {
    return Object.keys(sessionStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return []; // the browser keeps nothing
  }
}

/** Forget what begins so when somebody signs out. */
export function eraseAtTheEnd(prefix) {
  for (const form of document.querySelectorAll('form[action="/deconnexion"]')) {
    form.addEventListener("submit", () => keysOf(prefix).forEach(erase));
  }
}
