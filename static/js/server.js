// The one way to the server: a JSON PUT with its token, and its answer told in our own few words.

const GIVE_UP = 30_000; // ms; a network that says nothing for that long is no network
const KEEPALIVE_LIMIT = 60_000; // bytes; browsers refuse more for a request that outlives its page

export class Server {
  #token;

  constructor(token) {
    this.#token = token;
  }

  /** PUT `body` at `path`. Returns {kind, …}: saved {version, at}, merged {version, text, at}, expired, offline (it may
   *  have arrived or not), refused {message}, closed. `leaving`: the page may be gone before the answer. */
  async put(path, body, { leaving = false } = {}) {
    const told = await this.#send(path, JSON.stringify(body), leaving);
    if (told.status === 400 && told.csrf_token) {
      this.#renew(told.csrf_token);
      return named(await this.#send(path, JSON.stringify(body), leaving));
    }
    return named(told);
  }

  /** The HTML of a fragment of our own, or null when it cannot be had now. */
  async fragment(path) {
    try {
      const answer = await fetch(path, { redirect: "error", signal: AbortSignal.timeout(GIVE_UP) });
      return answer.ok ? await answer.text() : null;
    } catch {
      return null; // it comes with a later save
    }
  }

  /** The JSON of one of our own addresses: an object, null when it cannot be had now, « closed » when it is no longer ours. */
  async json(path) {
    try {
      const answer = await fetch(path, { redirect: "error", signal: AbortSignal.timeout(GIVE_UP) });
      if (answer.status === 403 || answer.status === 404) return "closed";
      return answer.ok ? await answer.json() : null;
    } catch {
      return null; // it is asked again
    }
  }

  async #send(path, body, leaving) {
    try {
      const answer = await fetch(path, {
        method: "PUT",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.#token },
        body,
        redirect: "error",
        keepalive: leaving && new Blob([body]).size <= KEEPALIVE_LIMIT,
        signal: AbortSignal.timeout(GIVE_UP),
      });
      const told = (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json() : {};
      return { ...told, status: answer.status };
    } catch {
      return { status: 0 };
    }
  }

  /** The sign-in has changed: the forms of this page go on with the new token too. */
  #renew(token) {
    this.#token = token;
    for (const input of document.querySelectorAll('input[name="csrf_token"]')) input.value = token;
  }
}

function named({ status, ...told }) {
  if (status === 200) return { kind: "saved", ...told };
  if (status === 409) return { kind: "merged", ...told };
  if (status === 401) return { kind: "expired" };
  if (status === 403 || status === 404) return { kind: "closed" };
  if (status >= 400 && status < 500 && status !== 429) return { kind: "refused", message: told.message };
  return { kind: "offline" };
}
