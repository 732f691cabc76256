// A file goes to the section where one was writing, unless another one is chosen.

/** Follow the caret until the person chooses a section for the file. */
export function followForFiles(form) {
  const place = form.elements.dans;
  if (!place) return;
  const options = new Set([...place.options].map((option) => option.value));
  let isChosen = false;
  place.addEventListener("change", () => (isChosen = true));
  form.addEventListener("focusin", ({ target }) => {
    if (!isChosen && options.has(target.name) && target.tagName === "TEXTAREA") place.value = target.name;
  });
}
