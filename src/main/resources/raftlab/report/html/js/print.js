// On paper the page is light: canvases are painted again before and after printing.

export function paintForPrinting(repaint) {
  const { classList } = document.documentElement;
  let before = "";
  window.addEventListener("beforeprint", () => {
    before = document.documentElement.className;
    classList.remove("dark");
    classList.add("light");
    repaint();
  });
  window.addEventListener("afterprint", () => {
    document.documentElement.className = before;
    repaint();
  });
}
