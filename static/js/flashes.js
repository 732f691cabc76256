// What was just done is said over the foot of the window when the address leads below the head of the page (see .flashes in the
// style sheet): one may close it. Without this file it stays there until the next page.

for (const said of document.querySelectorAll(".flashes")) {
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button button-quiet flashes-close";
  close.textContent = "Fermer";
  close.addEventListener("click", () => {
    said.remove();
    document.getElementById("contenu").focus({ preventScroll: true });
  });
  said.append(close);
}
