// Documents are sent one by one, each with its line: how far it is, then read or refused. Without script one form sends them all.

const form = document.querySelector("[data-rex-import]");
const lines = form?.querySelector("[data-rex-lines]");
const SIGNED_OUT = { ok: false, message: "Votre connexion a expiré. Reconnectez-vous, puis choisissez-le de nouveau." };

form?.addEventListener("submit", async (event) => {
  const files = [...form.elements.documents.files];
  if (!files.length) return; // the server says what lacks
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  button.className = "button button-primary";
  lines.replaceChildren();
  lines.nextElementSibling?.remove();
  const rows = files.map((file) => lineFor(file.name));
  let next = "";
  let refused = 0;
  let isSignedOut = false;
  for (const [rank, file] of files.entries()) {
    const told = isSignedOut ? SIGNED_OUT : await send(file, rank, rows[rank]);
    next = told.ok ? told.next : next;
    refused += told.ok ? 0 : 1;
    isSignedOut ||= told === SIGNED_OUT;
    rows[rank].end(told.message, told.ok);
  }
  button.disabled = false;
  if (next && !refused) location.assign(next);
  else if (isSignedOut) offer("Se reconnecter", next || location.href); // either leads to the sign-in, and back
  else if (next) offer("Continuer avec les documents lus", next);
});

function lineFor(name) {
  const item = document.createElement("li");
  const words = document.createElement("span");
  const state = document.createElement("span");
  const bar = document.createElement("progress");
  words.textContent = name;
  bar.max = 1;
  bar.setAttribute("aria-label", `Envoi de ${name}`);
  state.append(bar);
  item.append(words, state);
  lines.append(item);
  return {
    move: (share) => (share < 1 ? (bar.value = share) : bar.removeAttribute("value")),
    end: (said, isRead) => {
      state.textContent = said;
      item.dataset.state = isRead ? "read" : "refused";
    },
  };
}

function send(file, rank, row) {
  const { rexFiles: most } = form.dataset;
  if (rank >= most) return { ok: false, message: `${most} documents au plus à la fois` };
  if (file.size > Number(form.dataset.rexMost)) return { ok: false, message: "Trop lourd\u00a0: 20\u00a0Mo au plus" };
  const data = new FormData();
  data.set("csrf_token", form.elements.csrf_token.value);
  data.set("lot", form.elements.lot.value);
  data.set("rang", rank);
  data.set("documents", file);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const failed = () => resolve({ ok: false, message: "Le document n’est pas arrivé. Recommencez dans un instant." });
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => row.move(loaded / total));
    request.addEventListener("load", () => {
      if (request.status === 401) resolve(SIGNED_OUT);
      else if (!request.response?.message) failed();
      else resolve({ ok: request.status === 200, ...request.response });
    });
    request.addEventListener("error", failed);
    request.send(data);
  });
}

/** One thing to do next, in the place of the button: a sentence that leads there. */
function offer(words, address) {
  form.querySelector("button").className = "button button-ghost";
  const link = document.createElement("a");
  link.className = "button button-primary";
  link.href = address;
  link.textContent = words;
  lines.after(link);
  link.focus();
}
