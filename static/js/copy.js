// An address to take elsewhere is taken with one button, and chosen whole as soon as one is in its field. Without this file the
// field shows all of it, and one chooses it oneself.

const COPIED = "Copiée.";
const CHOSEN = "Elle est sélectionnée\u00a0: copiez-la.";

for (const field of document.querySelectorAll("[data-rex-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-ghost";
  button.textContent = field.dataset.rexCopy;
  const said = document.createElement("span");
  said.className = "muted small";
  said.setAttribute("role", "status");
  const line = document.createElement("p");
  line.className = "row copy-line";
  line.append(button, said);
  field.after(line);
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    said.textContent = (await copied(field)) ? COPIED : CHOSEN;
  });
}

/** Whether the words of the field are where one pastes from; chosen in any case. */
async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value); // not there without HTTPS
    return true;
  } catch {
    field.focus();
    field.select();
    try {
      return document.execCommand("copy");
    } catch {
      return false;
    }
  }
}
