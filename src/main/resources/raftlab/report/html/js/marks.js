// Draws the evidence: numbered marks, the messages among it, and the arrow from cause to effect.
import { head } from "./arrows.js";
import { eventText, laneOf, messageContent, messageName } from "./words.js";

const RADIUS = 8;

export class MarkPainter {
  constructor(model) {
    this.model = model;
    this.evidence = model.verdict.evidence.map((item, i) => ({
      event: item.at,
      number: i + 1,
      lane: laneOf(model, item.at),
      message: model.messageOf(item.at),
    }));
    this.labels = model.verdict.evidence.map((item) => label(model, item.at));
    this.placed = [];
  }

  get messages() {
    return this.evidence.map((item) => item.message).filter((row) => row >= 0);
  }

  paint(pen, axis, layout, theme) {
    this.place(axis, layout);
    pen.save();
    pen.beginPath();
    pen.rect(layout.gutter - RADIUS, 0, layout.width, layout.height);
    pen.clip();
    this.paintMessages(pen, axis, layout, theme);
    this.paintChain(pen, theme);
    for (const mark of this.placed) {
      pen.strokeStyle = theme.mark;
      pen.lineWidth = 1.2;
      pen.beginPath();
      pen.moveTo(mark.x, mark.y);
      pen.lineTo(mark.truth, mark.foot);
      pen.stroke();
      pen.fillStyle = theme.back;
      circle(pen, mark.x, mark.y, RADIUS + 1.5);
      pen.fillStyle = theme.mark;
      circle(pen, mark.x, mark.y, RADIUS);
      pen.fillStyle = theme["on-mark"];
      pen.font = `700 11px ${theme.font}`;
      pen.textAlign = "center";
      pen.fillText(`${mark.number}`, mark.x, mark.y + 0.5);
      pen.textAlign = "left";
    }
    this.paintLabels(pen, layout, theme);
    pen.restore();
  }

  // A few words beside each mark, where there is room.
  paintLabels(pen, layout, theme) {
    pen.font = `600 11px ${theme.font}`;
    for (const mark of this.placed) {
      const text = this.labels[mark.number - 1];
      const width = pen.measureText(text).width + 6;
      const isFree = (left) =>
        left > layout.gutter &&
        left + width < layout.width - 4 &&
        this.placed.every((other) => other === mark || Math.abs(other.y - mark.y) > 14 || other.x + RADIUS < left || other.x - RADIUS > left + width);
      const left = [mark.x + RADIUS + 2, mark.x - RADIUS - 2 - width].find(isFree);
      if (left === undefined) {
        continue;
      }
      pen.globalAlpha = 0.85;
      pen.fillStyle = theme.back;
      pen.fillRect(left, mark.y - 8, width, 16);
      pen.globalAlpha = 1;
      pen.fillStyle = theme.mark;
      pen.fillText(text, left + 3, mark.y + 0.5);
    }
  }

  // Marks of one lane stand side by side above its bar.
  place(axis, layout) {
    const free = new Map();
    this.placed = this.evidence
      .map((item) => ({ ...item, truth: axis.x(item.event) }))
      .filter((item) => item.truth > layout.gutter - 20 && item.truth < layout.width + 20)
      .map((item) => {
        const lane = layout.lanes[item.lane];
        const isReplica = item.lane >= this.model.firstReplica;
        const y = !lane ? layout.lanesTop - 10 : isReplica ? lane.middle - layout.barHeight / 2 - RADIUS - 2 : lane.middle;
        const x = Math.max(item.truth, (free.get(item.lane) ?? -Infinity) + 2 * RADIUS + 2);
        free.set(item.lane, x);
        return { ...item, x, y, foot: lane ? lane.middle : y };
      });
  }

  paintMessages(pen, axis, layout, theme) {
    const { messages, copies } = this.model;
    pen.strokeStyle = theme.mark;
    pen.fillStyle = theme.mark;
    for (const row of this.messages) {
      for (const copy of this.model.copiesOf(row)) {
        const arrow = {
          x1: axis.x(messages.at[row]),
          y1: layout.lanes[messages.from[row]]?.middle ?? 0,
          x2: axis.x(copies.at[copy]),
          y2: layout.lanes[messages.to[row]]?.middle ?? 0,
        };
        pen.lineWidth = 2.6;
        pen.beginPath();
        pen.moveTo(arrow.x1, arrow.y1);
        pen.lineTo(arrow.x2, arrow.y2);
        pen.stroke();
        pen.beginPath();
        head(pen, arrow, 9);
        pen.fill();
      }
    }
  }

  // A curve from each piece of evidence to the next, with its head at the last one.
  paintChain(pen, theme) {
    if (!this.model.verdict.cause?.events.length) {
      return; // only symptoms, which may have nothing to do with each other
    }
    pen.strokeStyle = theme.mark;
    pen.fillStyle = theme.mark;
    pen.globalAlpha = 0.55;
    for (let i = 1; i < this.placed.length; i++) {
      const from = this.placed[i - 1];
      const to = this.placed[i];
      if (to.number !== from.number + 1 || Math.hypot(to.x - from.x, to.y - from.y) < 2.6 * RADIUS) {
        continue;
      }
      const bend = Math.min(60, 12 + Math.abs(to.x - from.x) * 0.12);
      const middleX = (from.x + to.x) / 2;
      const middleY = (from.y + to.y) / 2 - bend;
      const dx = to.x - middleX;
      const dy = to.y - middleY;
      const length = Math.hypot(dx, dy) || 1;
      const end = { x1: middleX, y1: middleY, x2: to.x - (dx / length) * (RADIUS + 2), y2: to.y - (dy / length) * (RADIUS + 2) };
      pen.lineWidth = 2;
      pen.beginPath();
      pen.moveTo(from.x, from.y);
      pen.quadraticCurveTo(middleX, middleY, end.x2, end.y2);
      pen.stroke();
      pen.beginPath();
      head(pen, end, 8);
      pen.fill();
    }
    pen.globalAlpha = 1;
  }

  at(x, y) {
    return this.placed.find((mark) => Math.hypot(mark.x - x, mark.y - y) <= RADIUS + 2) ?? null;
  }
}

// An event in a few words; the lane says which replica it is.
function label(model, event) {
  const row = model.messageOf(event);
  if (row >= 0 && !"cCo".includes(model.messages.kind[row])) {
    const content = messageContent(model, row);
    const arrives = model.kinds[event] === "D" ? "receives " : "";
    const term = model.messages.term[row] < 0 ? "" : `, term ${model.messages.term[row]}`;
    const twice = model.duplicated.has(row) ? ", duplicated" : "";
    return `${arrives}${messageName(model.messages.kind[row])}${term}${twice}${content ? `: ${content}` : ""}`;
  }
  const text = eventText(model, event)
    .replace(/^(replica|client) [0-9A-F]{4} /, "")
    .replace(/: put .*|: append .*|: members.*/, "")
    .replace(/[A-Za-z0-9]{20,}/g, (word) => `${word.slice(0, 6)}…`);
  return text.length > 44 ? `${text.slice(0, 43)}…` : text;
}

function circle(pen, x, y, radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 7);
  pen.fill();
}
