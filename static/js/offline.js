// Without a network, a page that sends a form is replaced by one of the browser: here the form stays, with what was typed, and a
// line says so until the connection is back. Without this file one comes back by the browser's button, to the same text.

const WORDS = "Hors connexion. Ce que vous écrivez est gardé dans cette fenêtre : envoyez-le une fois la connexion revenue.";
const FORMS = "form[data-rex-kept], form[data-rex-unsent]";

function say(is) {
  const said = document.querySelector(".offline");
  if (!is) said?.remove();
  if (!is || said || !document.querySelector(FORMS)) return;
  const line = document.createElement("p");
  line.className = "status offline";
  line.setAttribute("role", "status");
  line.textContent = WORDS;
  [...document.querySelectorAll(FORMS)].at(-1).after(line);
}

// Before the form hears of it: nothing was sent, and nothing is remembered as sent.
document.addEventListener(
  "submit",
  (event) => {
    if (navigator.onLine || !event.target.matches(FORMS)) return;
    event.preventDefault();
    event.stopPropagation();
    say(true);
  },
  { capture: true },
);
addEventListener("offline", () => say(true));
addEventListener("online", () => say(false));
