// The mouse on the diagram: drag to move, wheel to zoom, click to select.

export function listenToPointer(diagram, tip, actions) {
  const { canvas, axis } = diagram;
  let dragged = null;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button === 0) {
      canvas.setPointerCapture(event.pointerId);
      dragged = { x: event.offsetX, moved: 0 };
    }
  });
  canvas.addEventListener("pointermove", (event) => {
    if (dragged) {
      const by = event.offsetX - dragged.x;
      dragged.moved += Math.abs(by);
      dragged.x = event.offsetX;
      if (dragged.moved > 3) {
        axis.pan(-by);
        tip.hide();
        diagram.hovered = null;
        diagram.repaint();
      }
      return;
    }
    const hit = diagram.hit(event.offsetX, event.offsetY);
    const before = diagram.hovered?.row;
    diagram.hovered = hit.arrow ?? null;
    if (before !== diagram.hovered?.row) {
      diagram.repaint();
    }
    tip.show(hit, event.offsetX, event.offsetY, diagram.layout);
    canvas.style.cursor = hit.event >= 0 || event.offsetX < diagram.layout.gutter ? "pointer" : "crosshair";
  });
  canvas.addEventListener("pointerup", (event) => {
    const isClick = dragged && dragged.moved <= 3;
    dragged = null;
    if (isClick) {
      actions.click(diagram.hit(event.offsetX, event.offsetY), event.offsetX);
    }
  });
  canvas.addEventListener("pointerleave", () => {
    tip.hide();
    diagram.hovered = null;
    diagram.repaint();
  });
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      tip.hide();
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey) {
        axis.pan(event.deltaX || event.deltaY);
      } else {
        axis.zoom(Math.exp(Math.max(-1, Math.min(1, event.deltaY * 0.002))), event.offsetX);
      }
      diagram.repaint();
    },
    { passive: false },
  );
}
