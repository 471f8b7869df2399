// What the page as a whole listens to: buttons that copy, and Enter on a row of a table whose rows open something.

const TOLD = 2000; // milliseconds

const listening = new WeakMap();

class Listening {
  constructor(told) {
    this.told = told;
    this.onClick = (event) => this.copy(event.target.closest?.("button.cg-copy"));
    this.onKey = (event) => open(event);
    document.addEventListener("click", this.onClick);
    document.addEventListener("keydown", this.onKey, true); // before the table, which shows the cell in full
  }

  // Puts what data-copy holds on the clipboard; without one, the address of the page.
  async copy(button) {
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy ?? location.href);
      this.tell(button, "Copied");
    } catch { // a browser that is not allowed to, or a page that came without https
      this.tell(button, "The browser allows no copying here");
    }
  }

  tell(button, words) {
    button.dataset.told = words; // drawn by the style sheet: the label stays as it is
    this.told.textContent = words;
    setTimeout(() => {
      delete button.dataset.told;
      this.told.textContent = "";
    }, TOLD);
  }

  close() {
    document.removeEventListener("click", this.onClick);
    document.removeEventListener("keydown", this.onKey, true);
  }
}

// The table selects a row with Shift and Space, which nobody guesses.
function open(event) {
  const table = event.target.closest?.('[class*="st-key-rows-"] [data-testid="data-grid-canvas"]');
  if (!table || event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  const select = { key: " ", code: "Space", keyCode: 32, shiftKey: true, bubbles: true, cancelable: true };
  event.target.dispatchEvent(new KeyboardEvent("keydown", select));
}

export default function (component) {
  const root = component.parentElement;
  if (!listening.has(root)) listening.set(root, new Listening(root.querySelector(".told")));
  return () => {
    listening.get(root)?.close();
    listening.delete(root);
  };
}
