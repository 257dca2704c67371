// The whole run in a strip: who led in which term, faults, evidence, and the part in view.
import { ROLES } from "./states.js";

export class Overview {
  constructor(canvas, diagram, onMove) {
    Object.assign(this, { canvas, diagram, onMove });
    this.pen = canvas.getContext("2d");
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.moveTo(event.offsetX);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (canvas.hasPointerCapture(event.pointerId)) {
        this.moveTo(event.offsetX);
      }
    });
  }

  get span() {
    const { axis } = this.diagram;
    return Math.max(1e-9, axis.last - axis.first);
  }

  x(position) {
    return ((position - this.diagram.axis.first) / this.span) * this.width;
  }

  moveTo(x) {
    const { axis } = this.diagram;
    const middle = axis.first + (x / this.width) * this.span;
    const half = (axis.to - axis.from) / 2;
    axis.show(middle - half, middle + half);
    this.onMove();
  }

  paint() {
    const { pen, canvas, diagram } = this;
    const { axis, theme, model, states } = diagram;
    const ratio = window.devicePixelRatio || 1;
    this.width = canvas.clientWidth;
    const height = canvas.clientHeight;
    canvas.width = Math.round(this.width * ratio);
    canvas.height = Math.round(height * ratio);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.fillStyle = theme.soft;
    pen.fillRect(0, 0, this.width, height);
    const positions = axis.positions;
    const laneHeight = (height - 6) / Math.max(1, model.replicas);
    for (let lane = model.firstReplica; lane < model.lanes.length; lane++) {
      const y = 3 + (lane - model.firstReplica) * laneHeight;
      for (const segment of states.segments[lane]) {
        const left = this.x(positions[segment.from]);
        const width = Math.max(1, this.x(positions[segment.to]) - left);
        pen.fillStyle = segment.condition === "up" ? theme[ROLES[segment.role]] : theme.down;
        pen.globalAlpha = segment.condition === "up" && segment.role === 0 ? 0.45 : 1;
        pen.fillRect(left, y + 1, width, laneHeight - 2);
      }
    }
    pen.globalAlpha = 0.45;
    pen.fillStyle = theme.cut;
    for (const band of diagram.bands) {
      const left = this.x(positions[band.from]);
      pen.fillRect(left, 0, Math.max(1, this.x(positions[band.to]) - left), height);
    }
    pen.globalAlpha = 1;
    pen.fillStyle = theme.mark;
    for (const { event } of diagram.marks.evidence) {
      pen.beginPath();
      pen.arc(this.x(positions[event]), height - 5, 4, 0, 7);
      pen.fill();
    }
    this.paintWindow(height);
  }

  paintWindow(height) {
    const { pen, diagram } = this;
    const { axis, theme, view } = diagram;
    const left = this.x(axis.from);
    const right = this.x(axis.to);
    pen.fillStyle = theme.back;
    pen.globalAlpha = 0.5;
    pen.fillRect(0, 0, left, height);
    pen.fillRect(right, 0, this.width - right, height);
    pen.globalAlpha = 1;
    pen.strokeStyle = theme.text;
    pen.lineWidth = 2;
    pen.strokeRect(Math.max(1, left), 1, Math.max(4, Math.min(this.width - 1, right) - Math.max(1, left)), height - 2);
    pen.lineWidth = 1;
    pen.beginPath();
    const cursor = this.x(axis.positions[view.cursor]);
    pen.moveTo(cursor, 0);
    pen.lineTo(cursor, height);
    pen.stroke();
  }
}
