// Where we are in the récit, and the way to a folded section.

/** Mark in the rail the section where the caret is, else the one at the top of the screen; unfold what is aimed at. */
export function followSections(form) {
  const items = new Map([...form.querySelectorAll("[data-rex-rail-item]")].map((item) => [item.dataset.rexRailItem, item]));
  const parts = [...items.keys()].map((slug) => document.getElementById(`section-${slug}`)).filter(Boolean);
  const seen = new Set();

  const mark = (id) => {
    for (const [slug, item] of items) {
      if (`section-${slug}` === id) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    }
  };
  const partOf = (element) => parts.find((part) => part.contains(element));

  form.addEventListener("focusin", (event) => partOf(event.target) && mark(partOf(event.target).id));
  const watch = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) seen[isIntersecting ? "add" : "delete"](target);
      const first = parts.find((part) => seen.has(part));
      if (first && !partOf(document.activeElement)) mark(first.id);
    },
    { rootMargin: "-15% 0px -45%" },
  );
  for (const part of parts) watch.observe(part);

  form.addEventListener("click", (event) => unfold(event.target.closest("a[href^='#']")?.hash));
  window.addEventListener("hashchange", () => unfold(location.hash)?.scrollIntoView());
  if (unfold(location.hash)?.closest("details")) document.getElementById(location.hash.slice(1)).scrollIntoView();
}

function unfold(hash) {
  const target = hash ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
  target?.closest("details")?.setAttribute("open", "");
  return target;
}
