// Buttons of the class cg-copy put what their data-copy holds on the clipboard; without one, the address of the page.

const TOLD = 2000; // milliseconds

const listening = new WeakMap();

class Copying {
  constructor(told) {
    this.told = told;
    this.onClick = (event) => this.copy(event.target.closest?.("button.cg-copy"));
    document.addEventListener("click", this.onClick);
  }

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
  }
}

export default function (component) {
  const root = component.parentElement;
  if (!listening.has(root)) listening.set(root, new Copying(root.querySelector(".told")));
  return () => {
    listening.get(root)?.close();
    listening.delete(root);
  };
}
