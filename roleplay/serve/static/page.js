// The keyboard goes to the app at once, and comes back to it after a click beside it.
function focusTerminal() {
  document.querySelector(".xterm-helper-textarea")?.focus();
}
window.addEventListener("load", () => setTimeout(focusTerminal, 0));
window.addEventListener("focus", focusTerminal);
document.addEventListener("click", (event) => {
  if (!event.target.closest("a")) focusTerminal();
});
