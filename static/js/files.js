// A file goes to the section where one was writing, unless another one is chosen, and there to the caret.

/** Follow the caret until the person chooses a section for the file; say where it stood there when the form leaves. */
export function followForFiles(form) {
  const { dans: place, ou: where } = form.elements;
  if (!place) return;
  const options = new Set([...place.options].map((option) => option.value));
  const visited = new Set(); // a text in which nobody put a caret has none worth following
  let isChosen = false;
  place.addEventListener("change", () => (isChosen = true));
  form.addEventListener("focusin", ({ target }) => {
    if (!options.has(target.name) || target.tagName !== "TEXTAREA") return;
    visited.add(target.name);
    if (!isChosen) place.value = target.name;
  });
  form.addEventListener("submit", () => {
    if (!visited.has(place.value)) return; // what a page drawn again remembers stays
    const { value, selectionEnd } = form.elements[place.value];
    where.value = `${place.value}:${[...value.slice(0, selectionEnd)].length}`; // characters, as the server counts them
  });
}
