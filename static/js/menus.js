// A menu of the frame closes with Escape, and its button has the focus again. Without this file its button closes it.

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("[data-rex-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
