// The writing page, once scripts run: it saves by itself, keeps copies until the server confirms, and picks balises
// without reloading. Without this file the page works as one form.

import { Field } from "./field.js";
import { followForFiles } from "./files.js";
import { eraseAllCopies, LocalCopies } from "./local-copy.js";
import { pasteAsMarkdown } from "./paste.js";
import { Picker } from "./picker.js";
import { watchOthers } from "./presence.js";
import { followSections } from "./rail.js";
import { Saver } from "./saving.js";
import { Server } from "./server.js";
import { Status } from "./status.js";

const BALISES = "balises";
// The form may leave: all is saved, or the server answers with the text in hand (the sign-in page, the page with its errors).
const THE_SERVER_TAKES_IT_FROM_THERE = ["saved", "expired", "refused"];

function begin(form) {
  const { rexRecit: recit, rexReader: reader, rexCsrf: token } = form.dataset;
  const server = new Server(token);
  const copies = new LocalCopies(reader, recit, { inTab: "rexInTab" in form.dataset });
  const status = new Status(copies);
  const say = (words) => status.say(words);

  for (const button of form.querySelectorAll("[data-rex-without-script]")) button.hidden = true;
  const picker = new Picker(form, { changed: () => balises.touched(), say });
  const page = { form, recit, server, copies, status, say, saved: picker.proposals(server, `/recits/${recit}/balises-proposees`) };
  const fields = [...form.querySelectorAll("[data-rex-section]")].map((part) => new Field(part, page));
  const balises = balisesSaver(picker, page);
  const savers = [...fields.map((field) => field.saver), balises];
  followSections(form);
  followForFiles(form);
  pasteAsMarkdown(form);
  if ("rexOthers" in form.dataset) watchOthers(page, fields);

  const takenOver = copies.takeOver(async (record) => {
    if (record.slug === BALISES) return adoptBalises(record, picker, balises);
    return (await fields.find((field) => field.slug === record.slug)?.adopt(record)) ?? false;
  });
  const restored = takenOver.catch((error) => console.error(error)); // unreadable copies must not stop the saves
  for (const saver of savers) saver.ready = restored;
  const flushAll = () => Promise.all(savers.map((saver) => saver.flush()));
  restored.then(flushAll);

  window.addEventListener("online", flushAll);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") flushAll();
    else for (const saver of savers) saver.leaving();
  });
  window.addEventListener("pagehide", () => savers.forEach((saver) => saver.leaving()));
  // Back from the browser's own store of pages: versions may have gone on meanwhile. What was not saved is in a copy.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  window.addEventListener("beforeunload", (event) => {
    if (!copies.works && savers.some((saver) => saver.isDirty)) event.preventDefault();
  });
  saveBeforeSending(form, flushAll, status);
  forgetOnSignOut(flushAll);
}

/** The chosen balises are saved as one list; the server puts what it changed on top of what it has. */
function balisesSaver(picker, { form, recit, server, copies, status }) {
  const now = () => JSON.stringify(picker.pairs);
  return new Saver({
    slug: BALISES,
    path: `/recits/${recit}/balises`,
    text: now(),
    base: now(),
    read: now,
    body: (text, base) => ({ balises: JSON.parse(text), base: codes(base) }),
    kept: (answer) => [JSON.stringify(answer.balises), JSON.stringify(answer.balises)],
    told: (kind, answer, text) => {
      status.set(BALISES, kind, answer?.at);
      if (kind !== "saved") return;
      form.elements["base-balises"].value = answer.balises.map((pair) => pair.join("=")).join(" ");
      picker.show(onTop(answer.balises, text, now()));
    },
    server,
    copies,
  });
}

function codes(choice) {
  return JSON.parse(choice).map(([code]) => code);
}

/** What changed between the choices `before` and `mine`, done on top of `pairs`. */
function onTop(pairs, before, mine) {
  const [old, recent] = [new Map(JSON.parse(before)), new Map(JSON.parse(mine))];
  const left = pairs.filter(([code]) => recent.has(code) || !old.has(code));
  return [...new Map([...left, ...[...recent].filter(([code, stance]) => old.get(code) !== stance)])];
}

/** A choice left in this browser by another page load. */
function adoptBalises({ text, base }, picker, saver) {
  picker.show(onTop(picker.pairs, base, text));
  saver.copy();
  return true;
}

/** The buttons of the form save first, so that what they send is what the server already has. */
function saveBeforeSending(form, flushAll, status) {
  let going = false;
  form.addEventListener("submit", async (event) => {
    if (going === "sent") return;
    event.preventDefault();
    if (going) return;
    going = true;
    const { submitter } = event;
    const outcomes = await flushAll();
    if (!outcomes.every((outcome) => THE_SERVER_TAKES_IT_FROM_THERE.includes(outcome))) {
      going = false;
      status.insist();
      form.querySelector("[data-rex-note], [aria-invalid='true']")?.scrollIntoView({ block: "center" });
      return;
    }
    going = "sent";
    setTimeout(() => form.requestSubmit(submitter)); // a form ignores it while its own submit event is still going round
  });
}

/** Signing out leaves no text in this browser, except one that could not reach the server. */
function forgetOnSignOut(flushAll) {
  for (const form of document.querySelectorAll('form[action="/deconnexion"]')) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if ((await flushAll()).every((outcome) => outcome === "saved")) await eraseAllCopies();
      form.submit();
    });
  }
}

const form = document.querySelector("[data-rex-editor]");
if (form) begin(form);
