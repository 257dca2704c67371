// Draws messages as arrows, and those that are too many for that as counts.
import { lowerBound } from "./columns.js";
import { GROUPS, KINDS, groupOf } from "./model.js";

// More arrows than this can't be told apart.
export function mostArrows(axis) {
  return Math.round(Math.max(250, axis.width * 0.55));
}

const DASH = { reply: [2, 3], heartbeat: [], other: [6, 3] };
const WIDTH = { vote: 1.6, append: 1.5, client: 1.1, heartbeat: 1, reply: 1, other: 1.2 };

export class ArrowPainter {
  constructor(model) {
    this.model = model;
    this.drawn = []; // {row, copy, x1, y1, x2, y2}
    this.level = { arrows: 0, counted: [], hidden: 0 };
  }

  // The kinds that are drawn as arrows: the rarest first, as many as there is room for.
  choose(axis, view) {
    const first = axis.firstEvent;
    const last = axis.lastEvent;
    const { at } = this.model.messages;
    const from = lowerBound(at, first);
    const to = lowerBound(at, last + 1);
    const chosen = new Set();
    const counted = [];
    let sum = 0;
    const most = mostArrows(axis);
    [...KINDS].forEach((kind, number) => {
      const rows = this.model.rowsOfKind[number];
      const count = lowerBound(rows, to) - lowerBound(rows, from);
      if (!view.groups.has(groupOf(kind)) || count === 0) {
        return;
      }
      if (sum + count <= most) {
        chosen.add(kind);
        sum += count;
      } else {
        counted.push({ kind, count });
      }
    });
    this.level = { arrows: sum, counted };
    return chosen;
  }

  paint(pen, axis, layout, view, theme) {
    const chosen = this.choose(axis, view);
    this.drawn = [];
    const byGroup = new Map(GROUPS.map((group) => [group.id, []]));
    const { kind, from, to } = this.model.messages;
    const collect = (row, must) => {
      if ((must || chosen.has(kind[row])) && view.shows(row)) {
        byGroup.get(groupOf(kind[row])).push(row);
      }
    };
    if (chosen.size > 0) {
      this.collectVisible(axis, chosen, (row) => collect(row, false));
    }
    if (this.level.counted.length > 0) {
      this.paintCounts(pen, axis, layout, theme);
      view.evidenceMessages.forEach((row) => !chosen.has(kind[row]) && collect(row, true));
    }
    pen.save();
    pen.beginPath();
    pen.rect(layout.gutter, 0, layout.width, layout.height);
    pen.clip();
    // In a crowd the evidence must stand out.
    const arrows = [...byGroup.values()].reduce((sum, rows) => sum + rows.length, 0);
    pen.globalAlpha = view.evidenceMessages.length + view.model.verdict.evidence.length > 0 ? Math.max(0.45, Math.min(1, 1.2 - arrows / 400)) : 1;
    for (const [group, rows] of byGroup) {
      this.place(rows, axis, layout, from, to);
      pen.strokeStyle = theme[group];
      pen.fillStyle = theme[group];
      pen.lineWidth = WIDTH[group];
      pen.setLineDash(DASH[group] ?? []);
      this.strokeLast(pen, rows.length);
    }
    this.paintLost(pen, theme, layout);
    pen.restore();
  }

  collectVisible(axis, chosen, each) {
    const first = axis.firstEvent;
    const last = axis.lastEvent;
    const { at } = this.model.messages;
    const inView = lowerBound(at, last + 1) - lowerBound(at, first);
    if (inView <= 10_000) {
      this.model.messagesBetween(first, last, each);
      return;
    }
    for (const kind of chosen) {
      const rows = this.model.rowsOfKind[KINDS.indexOf(kind)];
      const from = lowerBound(rows, lowerBound(at, first));
      const to = lowerBound(rows, lowerBound(at, last + 1));
      for (let i = from; i < to; i++) {
        each(rows[i]);
      }
    }
  }

  place(rows, axis, layout, from, to) {
    const { copies, messages } = this.model;
    this.start = this.drawn.length;
    for (const row of rows) {
      if (from[row] < 0 || to[row] < 0) {
        continue;
      }
      const x1 = axis.x(messages.at[row]);
      const y1 = layout.lanes[from[row]].middle;
      const y2 = layout.lanes[to[row]].middle;
      let copy = this.model.firstCopy[row];
      if (copy < 0) {
        this.drawn.push({ row, copy: -1, x1, y1, x2: x1 + 14, y2: y1 + (y2 - y1) * 0.3, end: "?" });
      }
      for (; copy >= 0; copy = this.model.nextCopy[copy]) {
        const end = copies.end[copy];
        const x2 = axis.x(copies.at[copy]);
        const isLost = end !== "D" && end !== "N";
        const part = isLost ? 0.6 : 1;
        this.drawn.push({ row, copy, x1, y1, x2: isLost ? x1 + (x2 - x1) * part : x2, y2: y1 + (y2 - y1) * part, end });
      }
    }
  }

  strokeLast(pen) {
    pen.beginPath();
    for (let i = this.start; i < this.drawn.length; i++) {
      const { x1, y1, x2, y2 } = this.drawn[i];
      pen.moveTo(x1, y1);
      pen.lineTo(x2, y2);
    }
    pen.stroke();
    pen.setLineDash([]);
    pen.beginPath();
    for (let i = this.start; i < this.drawn.length; i++) {
      if (this.drawn[i].end === "D") {
        head(pen, this.drawn[i], 6);
      }
    }
    pen.fill();
  }

  // A message that was lost ends in a cross; one that was delayed has a dot where it was sent.
  paintLost(pen, theme, layout) {
    pen.strokeStyle = theme.lost;
    pen.lineWidth = 1.8;
    pen.beginPath();
    const size = this.drawn.length > 600 ? 2.5 : 4;
    for (const { x2, y2, end } of this.drawn) {
      if (end !== "D" && end !== "?" && x2 > layout.gutter) {
        pen.moveTo(x2 - size, y2 - size);
        pen.lineTo(x2 + size, y2 + size);
        pen.moveTo(x2 - size, y2 + size);
        pen.lineTo(x2 + size, y2 - size);
      }
    }
    pen.stroke();
    pen.fillStyle = theme.other;
    for (const { row, copy, x1, y1, x2, y2 } of this.drawn) {
      if (this.model.duplicated.has(row) && copy >= 0) {
        pen.font = `10px ${theme.font}`;
        pen.fillText("2×", x1 + (x2 - x1) * 0.5 + 3, y1 + (y2 - y1) * 0.5);
      } else if (this.model.delays.has(row)) {
        pen.beginPath();
        pen.arc(x1, y1, 2.5, 0, 7);
        pen.fill();
      }
    }
  }

  // Columns above each lane: how many messages of the kinds without arrows the lane sent.
  paintCounts(pen, axis, layout, theme) {
    const step = 3;
    const edges = [];
    for (let x = layout.gutter; x <= layout.width; x += step) {
      edges.push(lowerBound(this.model.messages.at, axis.eventAt(x)));
    }
    const groups = [...new Set(this.level.counted.map(({ kind }) => groupOf(kind)))];
    const rowsOf = (lane, group) => this.countedRows(lane, group);
    for (let lane = 0; lane < this.model.lanes.length; lane++) {
      const { middle, height } = layout.lanes[lane];
      const isReplica = this.model.isReplica(lane);
      const base = isReplica ? middle - layout.barHeight / 2 - 2 : middle + height * 0.4;
      const most = isReplica ? layout.laneHeight * 0.26 : height * 0.8;
      const tops = new Float64Array(edges.length);
      for (const group of groups) {
        const rows = rowsOf(lane, group);
        pen.fillStyle = theme[group];
        pen.globalAlpha = 0.6;
        let before = lowerBound(rows, edges[0]);
        for (let i = 1; i < edges.length; i++) {
          const next = lowerBound(rows, edges[i]);
          if (next > before) {
            const tall = Math.min(most - tops[i], Math.max(1, 1.6 * Math.log2(1 + next - before)));
            pen.fillRect(layout.gutter + (i - 1) * step, base - tops[i] - tall, step, tall);
            tops[i] += tall;
          }
          before = next;
        }
      }
    }
    pen.globalAlpha = 1;
  }

  // The rows of a lane's messages of a group, computed once.
  countedRows(lane, group) {
    this.rowsOfLaneGroup ??= new Map();
    const name = `${lane} ${group}`;
    if (!this.rowsOfLaneGroup.has(name)) {
      const { kind } = this.model.messages;
      this.rowsOfLaneGroup.set(
        name,
        this.model.rowsOfSender[lane].filter((row) => groupOf(kind[row]) === group),
      );
    }
    return this.rowsOfLaneGroup.get(name);
  }

  // The arrow nearest to a point, if one is near enough.
  at(x, y) {
    let best = null;
    let least = 7;
    for (const arrow of this.drawn) {
      const distance = distanceTo(arrow, x, y);
      if (distance < least) {
        least = distance;
        best = arrow;
      }
    }
    return best;
  }
}

export function head(pen, { x1, y1, x2, y2 }, size) {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const dx = ((x2 - x1) / length) * size;
  const dy = ((y2 - y1) / length) * size;
  pen.moveTo(x2, y2);
  pen.lineTo(x2 - dx - dy * 0.45, y2 - dy + dx * 0.45);
  pen.lineTo(x2 - dx + dy * 0.45, y2 - dy - dx * 0.45);
  pen.closePath();
}

export function distanceTo({ x1, y1, x2, y2 }, x, y) {
  const dx = x2 - x1;
  const dy = y2 - y1;
  const length = dx * dx + dy * dy;
  const part = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.hypot(x - x1 - part * dx, y - y1 - part * dy);
}
