// Several authors: what the others write comes into the fields where one is not writing, and who they are is said quietly.

import { here } from "./words.js";

const EVERY = 10_000; // ms between two looks, while the page is seen

/** Look at what the other authors do, until the récit is closed to us. `fields`: those of the page. */
export function watchOthers({ recit, server, say }, fields) {
  const said = new Set();
  let looking = false;

  const look = async () => {
    if (looking || document.visibilityState !== "visible") return;
    looking = true;
    const versions = fields.map((field) => `${field.slug}:${field.saver.base}`).join(",");
    const told = await server.json(`/recits/${recit}/edition/presence?versions=${encodeURIComponent(versions)}`);
    looking = false;
    if (told === "closed") return clearInterval(timer); // the next save says why
    if (told) for (const field of fields) show(field, told);
  };

  const show = (field, told) => {
    const person = told.here[field.slug] ?? null;
    if (told.fields[field.slug]) field.takeIn(told.fields[field.slug]);
    field.sayWritten(told.written[field.slug]);
    field.sayHere(person);
    // Said to ears once for a field and a person; eyes see it as long as it is true.
    const once = `${field.slug} ${person?.name}`;
    if (person && !said.has(once)) {
      said.add(once);
      say(here(person.name));
    }
  };

  const timer = setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
}
