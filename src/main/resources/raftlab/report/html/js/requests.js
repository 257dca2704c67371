// Draws the requests of clients as bars, and finds the one at a point.
import { lowerBound } from "./columns.js";
import { fitText } from "./lanes.js";

const MOST_BARS = 3_000;

export class RequestPainter {
  constructor(model) {
    this.model = model;
    this.drawn = [];
    this.longest = 0;
    const { at, end, count } = model.requests;
    this.open = [];
    for (let row = 0; row < count; row++) {
      if (end[row] < 0) {
        this.open.push(row);
      } else {
        this.longest = Math.max(this.longest, end[row] - at[row]);
      }
    }
  }

  paint(pen, axis, layout, view, theme) {
    const { requests } = this.model;
    this.drawn = [];
    const first = axis.firstEvent;
    const from = lowerBound(requests.at, first - this.longest);
    const to = lowerBound(requests.at, axis.lastEvent + 1);
    if (!view.groups.has("client") || to - from > MOST_BARS) {
      return;
    }
    const rows = [];
    for (let row = from; row < to; row++) {
      if (requests.end[row] < 0 || requests.end[row] >= first) {
        rows.push(row);
      }
    }
    rows.push(...this.open.filter((row) => row < from));
    pen.font = `9.5px ${theme.font}`;
    this.hasLabels = rows.length < 80;
    this.labelled = new Map();
    for (const row of rows) {
      this.bar(pen, axis, layout, view, theme, row);
    }
  }

  bar(pen, axis, layout, view, theme, row) {
    const { requests } = this.model;
    const lane = layout.lanes[requests.client[row]];
    if (!lane) {
      return;
    }
    const isOpen = requests.end[row] < 0;
    const left = Math.max(layout.gutter, axis.x(requests.at[row]));
    const right = Math.min(layout.width, isOpen ? layout.width : axis.x(requests.end[row]));
    if (right < layout.gutter || left > layout.width) {
      return;
    }
    const answer = isOpen ? "" : this.model.text(requests.answer[row]);
    const isRead = this.model.text(requests.type[row]) === "get";
    const colour = isOpen || answer === "fail" ? theme.lost : answer === "ok" || answer === "mismatch" ? theme.client : theme.reply;
    const y = lane.top + 1;
    const height = Math.max(2, lane.height - 2);
    const width = Math.max(2, right - left);
    const isKnown = view.matchesRequest(row);
    pen.globalAlpha = (isKnown ? 1 : 0.2) * (isOpen ? 0.35 : isRead ? 0.35 : 0.75);
    pen.fillStyle = colour;
    pen.fillRect(left, y, width, height);
    pen.globalAlpha = isKnown ? 1 : 0.2;
    pen.strokeStyle = colour;
    pen.lineWidth = 1;
    pen.strokeRect(left + 0.5, y + 0.5, width - 1, height - 1);
    const isFree = left >= (this.labelled.get(lane) ?? -Infinity);
    if (this.hasLabels && isFree && width > 44 && height >= 9) {
      pen.fillStyle = isRead || isOpen ? theme.text : theme.back;
      const type = this.model.text(requests.type[row]);
      const drawn = fitText(pen, `${type} ${this.model.text(requests.key[row]) ?? ""} ${answer === "ok" ? "" : answer || "no answer"}`, left + 3, y + height / 2 + 0.5, width - 6);
      this.labelled.set(lane, left + drawn + 8);
    }
    pen.globalAlpha = 1;
    this.drawn.push({ row, left, right: left + width, top: y, bottom: y + height });
  }

  at(x, y) {
    return this.drawn.find((bar) => x >= bar.left - 1 && x <= bar.right + 1 && y >= bar.top - 1 && y <= bar.bottom + 1) ?? null;
  }
}
