// The page with two runs side by side: one cursor, one zoom, the first difference marked in both.
import { Axis } from "./axis.js";
import { firstDifference, firstElectionThatDiffers } from "./difference.js";
import { Diagram } from "./diagram.js";
import { byId, element } from "./dom.js";
import { listenToKeys } from "./keys.js";
import { GROUPS, Model } from "./model.js";
import { Moment } from "./moment.js";
import { Overview } from "./overview.js";
import { listenToPointer } from "./pointer.js";
import { paintForPrinting } from "./print.js";
import { States } from "./states.js";
import { Tip } from "./tip.js";
import { Bodies, unpack } from "./unpack.js";
import { View } from "./view.js";
import { eventText, seconds } from "./words.js";

class Side {
  constructor(section, raw, packs, onMove) {
    this.model = new Model(raw);
    this.bodies = new Bodies(packs, raw.messages.pack);
    this.states = new States(this.model);
    this.axis = new Axis(this.model);
    this.view = new View(this.model);
    this.section = section;
    this.onMove = onMove;
  }

  // Evidence of the verdict would hide the difference, so that is the only mark.
  mark(event) {
    this.model.verdict.evidence = [{ at: event, text: "first difference" }];
  }

  build() {
    const { section, model, states, axis, view } = this;
    const canvas = section.querySelector(".diagram");
    this.diagram = new Diagram(canvas, model, states, axis, view);
    this.overview = new Overview(section.querySelector(".overview"), this.diagram, () => this.onMove(this));
    this.tip = new Tip(section.querySelector(".tip"), model, states, this.bodies);
    this.moment = new Moment(section.querySelector(".states-panel"), model, states, view, this.bodies, (event) => this.goTo(event));
    this.diagram.afterPaint = () => {
      this.overview.paint();
      this.onMove(this);
    };
    view.onChange((what) => this.moment.show(what));
    listenToPointer(this.diagram, this.tip, { click: (hit, x) => this.goTo(hit.event >= 0 ? hit.event : axis.nearest(x)) });
  }

  goTo(event) {
    this.view.moveTo(event);
    this.view.select(event);
    this.onMove(this);
  }

  // The times at the edges of the view.
  get span() {
    const { axis, model } = this;
    return [model.micros[axis.firstEvent], model.micros[axis.lastEvent]];
  }

  follow(other) {
    const { axis, model, view } = this;
    axis.mode = other.axis.mode;
    if (axis.mode === "time") {
      axis.show(other.axis.from, other.axis.to);
    } else {
      const [from, to] = other.span.map((micros) => model.eventAt(micros / 1e6));
      axis.showEvents(from, Math.max(from + 1, to), 0);
    }
    const event = model.eventAt(other.model.micros[other.view.cursor] / 1e6);
    if (model.micros[event] !== model.micros[view.cursor]) {
      view.cursor = event;
      this.moment.show("cursor");
    }
    this.diagram.repaint();
  }
}

class Comparison {
  constructor(sides) {
    this.sides = sides;
    sides.forEach((side) => (side.onMove = (moved) => this.moved(moved)));
  }

  start() {
    const [a, b] = this.sides;
    // Runs on virtual time are repeatable, like simulated ones.
    const isRepeatable = a.model.raw.world !== "process" && b.model.raw.world !== "process";
    this.difference = isRepeatable ? firstDifference(a.model, b.model) : firstElectionThatDiffers(a.model, b.model);
    byId("difference").textContent = this.describe(isRepeatable);
    if (this.difference) {
      a.mark(this.difference.a);
      b.mark(this.difference.b);
    } else {
      this.sides.forEach((side) => (side.model.verdict.evidence = []));
    }
    this.sides.forEach((side) => side.build());
    this.resize();
    new ResizeObserver(() => this.resize()).observe(a.section);
    this.addControls();
    this.showDifference();
    this.sides.forEach((side) => side.moment.show("opened"));
  }

  describe(isRepeatable) {
    const [a, b] = this.sides;
    if (!this.difference) {
      return isRepeatable ? "The runs are equal." : "The same replicas were elected in the same terms.";
    }
    const text = (side, event) => `${seconds(side.model, event)} ${eventText(side.model, event)}`;
    return `First difference${isRepeatable ? "" : " in elections"}: left ${text(a, this.difference.a)}; right ${text(b, this.difference.b)}.`;
  }

  resize() {
    const top = this.sides[0].section.querySelector(".stage").getBoundingClientRect().top + window.scrollY;
    this.sides.forEach((side) => side.diagram.resize(window.innerHeight - top - 240));
  }

  // The other side follows, unless it is the one that follows now.
  moved(side) {
    const state = `${side.axis.mode} ${side.axis.from} ${side.axis.to} ${side.view.cursor}`;
    if (this.isFollowing || state === side.lastState) {
      return;
    }
    side.lastState = state;
    const other = this.sides.find((each) => each !== side);
    this.isFollowing = true;
    other.follow(side);
    other.lastState = `${other.axis.mode} ${other.axis.from} ${other.axis.to} ${other.view.cursor}`;
    this.isFollowing = false;
    byId("clock").textContent = seconds(side.model, side.view.cursor);
    byId("axis-time").setAttribute("aria-pressed", side.axis.mode === "time");
    byId("axis-order").setAttribute("aria-pressed", side.axis.mode === "order");
  }

  showDifference() {
    const [a] = this.sides;
    if (!this.difference) {
      this.showAll();
      return;
    }
    const event = this.difference.a;
    a.axis.mode = "order";
    a.axis.showEvents(Math.max(0, event - 30), Math.min(a.model.count - 1, event + 30));
    a.view.moveTo(event);
    a.view.select(event);
    const [, b] = this.sides;
    b.view.select(this.difference.b);
    a.diagram.repaint();
  }

  showAll() {
    const [a] = this.sides;
    a.axis.showAll();
    a.diagram.repaint();
  }

  zoom(factor) {
    const [{ axis, view, diagram }] = this.sides;
    axis.zoom(factor, Math.min(axis.left + axis.width, Math.max(axis.left, axis.x(view.cursor))));
    diagram.repaint();
  }

  step(direction) {
    const [a] = this.sides;
    a.view.step(direction);
    a.axis.reveal(a.view.cursor);
    this.moved(a);
  }

  setAxis(mode) {
    const [a] = this.sides;
    a.axis.setMode(mode);
    a.diagram.repaint();
  }

  addControls() {
    const actions = {
      "step-back": () => this.step(-1),
      "step-on": () => this.step(1),
      "zoom-in": () => this.zoom(0.5),
      "zoom-out": () => this.zoom(2),
      "show-all": () => this.showAll(),
      "show-difference": () => this.showDifference(),
      "axis-time": () => this.setAxis("time"),
      "axis-order": () => this.setAxis("order"),
      theme: () => this.toggleTheme(),
    };
    for (const [id, action] of Object.entries(actions)) {
      byId(id).addEventListener("click", action);
    }
    for (const group of GROUPS) {
      const button = element("button", { "data-group": group.id, "aria-pressed": "true", style: `--kind:var(--${group.id})`, title: `Show or hide: ${group.name}` }, group.name);
      button.addEventListener("click", () => {
        this.sides.forEach((side) => side.view.toggleGroup(group.id));
        button.setAttribute("aria-pressed", this.sides[0].view.groups.has(group.id));
      });
      byId("kinds").append(button);
    }
    paintForPrinting(() =>
      this.sides.forEach((side) => {
        side.diagram.readTheme();
        side.diagram.paint();
        side.overview.paint();
      }),
    );
    listenToKeys({
      ArrowLeft: actions["step-back"],
      ArrowRight: actions["step-on"],
      "+": actions["zoom-in"],
      "=": actions["zoom-in"],
      "-": actions["zoom-out"],
      0: actions["show-all"],
      d: actions["show-difference"],
      t: actions["axis-time"],
      o: actions["axis-order"],
    });
  }

  toggleTheme() {
    const root = document.documentElement;
    const isDark = root.classList.contains("dark") || (!root.classList.contains("light") && matchMedia("(prefers-color-scheme: dark)").matches);
    root.classList.toggle("dark", !isDark);
    root.classList.toggle("light", isDark);
    this.sides.forEach((side) => {
      side.diagram.readTheme();
      side.diagram.repaint();
    });
  }
}

async function openBoth() {
  const sides = [];
  for (const name of ["a", "b"]) {
    const raw = await unpack(byId(`columns-${name}`).textContent);
    const packs = [...document.querySelectorAll(`script.pack-${name}`)].map((script) => script.textContent);
    sides.push(new Side(byId(`side-${name}`), raw, packs));
  }
  const comparison = new Comparison(sides);
  comparison.start();
  window.raftlab = comparison;
}

openBoth().catch((problem) => {
  byId("difference").textContent = `The runs can't be shown: ${problem.message}. The page needs a browser of 2023 or later.`;
  throw problem;
});
