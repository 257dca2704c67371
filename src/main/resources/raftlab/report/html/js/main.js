// Puts the page together.
import { Axis } from "./axis.js";
import { showChecks } from "./checks.js";
import { Diagram } from "./diagram.js";
import { byId, element } from "./dom.js";
import { showRequests } from "./history.js";
import { listenToKeys, showHelp } from "./keys.js";
import { linkOf, readLink } from "./link.js";
import { GROUPS, Model } from "./model.js";
import { Moment } from "./moment.js";
import { Overview } from "./overview.js";
import { Player } from "./player.js";
import { showPlots } from "./plots.js";
import { listenToPointer } from "./pointer.js";
import { paintForPrinting } from "./print.js";
import { Search } from "./search.js";
import { States } from "./states.js";
import { Tabs } from "./tabs.js";
import { Tip } from "./tip.js";
import { Bodies, unpack } from "./unpack.js";
import { View } from "./view.js";
import { markCurrent, showVerdict } from "./why.js";
import { seconds } from "./words.js";

// In order of events, this number still leaves room to see each.
const MOST_BY_ORDER = 600;

class Page {
  constructor(raw, packs) {
    this.model = new Model(raw);
    this.bodies = new Bodies(packs, raw.messages.pack);
    this.states = new States(this.model);
    this.axis = new Axis(this.model);
    this.view = new View(this.model);
    this.diagram = new Diagram(byId("diagram"), this.model, this.states, this.axis, this.view);
    this.overview = new Overview(byId("overview"), this.diagram, () => this.diagram.repaint());
    this.tip = new Tip(byId("tip"), this.model, this.states, this.bodies);
    this.search = new Search(this.model, this.bodies);
    this.tabs = new Tabs();
    this.player = new Player(this.model, this.view, () => byId("speed").value, (on) => (byId("play").textContent = on ? "❚❚ stop" : "▶ play"));
  }

  start() {
    const { model } = this;
    const { raw } = model;
    byId("facts").textContent = [
      raw.world === "sim" ? "simulated world" : `${raw.world} world`,
      `seed ${raw.seed}`,
      `${model.replicas} replicas${raw.replica ? `: ${raw.replica}` : ""}`,
      `${model.count.toLocaleString("en")} events in ${model.seconds(model.count - 1).toFixed(1)} s`,
    ].join(" · ");
    byId("facts").title = byId("facts").textContent;
    showVerdict(model, (index) => this.showEvidence(index));
    this.addTabs();
    this.addControls();
    this.diagram.afterPaint = () => {
      this.overview.paint();
      byId("detail-level").textContent = this.diagram.levelText();
      byId("axis-time").setAttribute("aria-pressed", this.axis.mode === "time");
      byId("axis-order").setAttribute("aria-pressed", this.axis.mode === "order");
    };
    this.resize();
    this.view.onChange((what) => this.changed(what));
    this.firstView();
    new ResizeObserver(() => this.resize()).observe(byId("stage"));
    window.addEventListener("hashchange", () => this.follow(readLink(location.hash, model)));
    this.tabs.open("moment");
  }

  resize() {
    const top = byId("stage").getBoundingClientRect().top + window.scrollY;
    this.diagram.resize(window.innerHeight - top - 130);
  }

  // All evidence in view; by order of events if there are few enough of them between.
  firstView() {
    const { model, axis, view } = this;
    const link = readLink(location.hash, model);
    this.showAllEvidence();
    if (Object.keys(link).length > 0) {
      this.follow(link);
    } else {
      const { evidence } = model.verdict;
      view.moveTo(evidence.length > 0 ? evidence[evidence.length - 1].at : model.count - 1);
    }
    axis.eventAt(0);
  }

  showAllEvidence() {
    const { model, axis } = this;
    const events = model.verdict.evidence.map((item) => item.at);
    if (events.length === 0) {
      axis.setMode("time");
      axis.showAll();
      this.diagram.repaint();
      return;
    }
    const first = Math.min(...events);
    const last = Math.max(...events);
    axis.mode = last - first <= MOST_BY_ORDER ? "order" : "time";
    axis.showEvents(first, last);
    this.diagram.repaint();
  }

  showEvidence(index) {
    const { axis, view, model } = this;
    const event = model.verdict.evidence[index].at;
    axis.mode = "order";
    axis.showEvents(event, event);
    view.moveTo(event);
    view.select(event);
    markCurrent(index);
    this.tabs.open("moment");
  }

  goTo(event) {
    if (event < 0) {
      return;
    }
    this.view.moveTo(event);
    this.axis.reveal(event);
    this.view.select(event);
  }

  follow(link) {
    const { axis, view } = this;
    if (link.evidence !== undefined) {
      this.showEvidence(link.evidence);
      return;
    }
    if (link.axis) {
      axis.setMode(link.axis);
    }
    if (link.lane !== undefined && view.lane !== link.lane) {
      view.showLane(link.lane);
    }
    if (link.event !== undefined && link.event !== view.cursor) {
      axis.showEvents(link.event, link.event);
      view.moveTo(link.event);
      view.select(link.event);
    }
  }

  changed(what) {
    if (what === "cursor") {
      byId("clock").textContent = seconds(this.model, this.view.cursor);
      clearTimeout(this.linkLater);
      this.linkLater = setTimeout(() => history.replaceState(null, "", linkOf(this.model, this.view, this.axis)), 250);
      if (this.player.isPlaying) {
        this.axis.reveal(this.view.cursor);
      }
    }
    for (const button of byId("kinds").children) {
      button.setAttribute("aria-pressed", this.view.groups.has(button.dataset.group));
    }
    this.tabs.update(what);
  }

  addTabs() {
    const { model } = this;
    this.tabs.add("moment", "State at the cursor", (panel) => {
      const moment = new Moment(panel, model, this.states, this.view, this.bodies, (event) => this.goTo(event));
      return (what) => moment.show(what);
    });
    const wrong = model.verdict.contradictions.length;
    this.tabs.add("requests", `Requests${wrong > 0 ? ` (${wrong} ${wrong === 1 ? "contradiction" : "contradictions"})` : ""}`, (panel) => showRequests(panel, model, this.view, (event) => this.goTo(event)));
    this.tabs.add("plots", "Plots", (panel) => showPlots(panel, this.diagram));
    const failed = model.verdict.checks.filter((check) => check.status !== "pass").length;
    this.tabs.add("checks", `Checks (${model.verdict.checks.length - failed} of ${model.verdict.checks.length} passed)`, (panel) => showChecks(panel, model, (event) => this.goTo(event)));
  }

  step(direction) {
    this.player.stop();
    this.view.step(direction);
    this.axis.reveal(this.view.cursor);
  }

  zoom(factor) {
    const x = this.axis.x(this.view.cursor);
    const isVisible = x > this.axis.left && x < this.axis.left + this.axis.width;
    this.axis.zoom(factor, isVisible ? x : this.axis.left + this.axis.width / 2);
    this.diagram.repaint();
  }

  setAxis(mode) {
    this.axis.setMode(mode);
    this.diagram.repaint();
  }

  chooseLane(direction) {
    const { model, view } = this;
    const count = model.replicas + 1;
    const place = view.lane < 0 ? 0 : view.lane - model.firstReplica + 1;
    const next = (place + direction + count) % count;
    view.lane = -1;
    view.showLane(next === 0 ? -1 : next - 1 + model.firstReplica);
  }

  find(direction) {
    this.goTo(this.search.next(this.view.cursor, direction));
    byId("matches").textContent = this.search.statusText();
  }

  addControls() {
    const actions = {
      "step-back": () => this.step(-1),
      "step-on": () => this.step(1),
      play: () => this.player.toggle(),
      "zoom-in": () => this.zoom(0.5),
      "zoom-out": () => this.zoom(2),
      "show-all": () => (this.axis.showAll(), this.diagram.repaint()),
      "show-evidence": () => this.showAllEvidence(),
      "axis-time": () => this.setAxis("time"),
      "axis-order": () => this.setAxis("order"),
      "search-on": () => this.find(1),
      "search-back": () => this.find(-1),
      help: showHelp,
      theme: () => this.toggleTheme(),
    };
    for (const [id, action] of Object.entries(actions)) {
      byId(id).addEventListener("click", action);
    }
    for (const group of GROUPS) {
      const button = element("button", { "data-group": group.id, "aria-pressed": "true", style: `--kind:var(--${group.id})`, title: `Show or hide: ${group.name}` }, group.name);
      button.addEventListener("click", () => this.view.toggleGroup(group.id));
      byId("kinds").append(button);
    }
    this.addSearch();
    this.addKeys(actions);
    listenToPointer(this.diagram, this.tip, { click: (hit, x) => this.click(hit, x) });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.newTheme());
    paintForPrinting(() => {
      this.diagram.readTheme();
      this.diagram.paint();
      this.overview.paint();
    });
  }

  click(hit, x) {
    if (hit.lane >= this.model.firstReplica && x < this.diagram.layout.gutter) {
      this.view.showLane(hit.lane);
      return;
    }
    this.player.stop();
    const event = hit.event >= 0 ? hit.event : this.axis.nearest(x);
    this.view.moveTo(event);
    this.view.select(event);
  }

  addSearch() {
    const field = byId("search");
    let timer = 0;
    const show = () => {
      const has = field.value.length > 0;
      byId("search-on").hidden = byId("search-back").hidden = this.search.found.length === 0;
      byId("matches").textContent = has ? this.search.statusText() : "";
    };
    const begin = () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.search.start(field.value.trim(), () => (show(), this.search.found.length > 0 && this.find(1))), 200);
    };
    field.addEventListener("input", begin);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        this.find(event.shiftKey ? -1 : 1);
      } else if (event.key === "Escape") {
        field.value = "";
        this.search.clear();
        show();
        field.blur();
      }
    });
  }

  addKeys(actions) {
    const evidence = Object.fromEntries(this.model.verdict.evidence.slice(0, 9).map((_, i) => [`${i + 1}`, () => this.showEvidence(i)]));
    listenToKeys({
      ...evidence,
      ArrowLeft: actions["step-back"],
      ArrowRight: actions["step-on"],
      "Shift+ArrowLeft": () => (this.axis.pan(-this.axis.width / 4), this.diagram.repaint()),
      "Shift+ArrowRight": () => (this.axis.pan(this.axis.width / 4), this.diagram.repaint()),
      ArrowUp: () => this.chooseLane(-1),
      ArrowDown: () => this.chooseLane(1),
      Home: () => this.goTo(0),
      End: () => this.goTo(this.model.count - 1),
      " ": actions.play,
      "+": actions["zoom-in"],
      "=": actions["zoom-in"],
      "-": actions["zoom-out"],
      0: actions["show-all"],
      e: actions["show-evidence"],
      t: actions["axis-time"],
      o: actions["axis-order"],
      n: (event) => this.find(event.shiftKey ? -1 : 1),
      "/": () => byId("search").focus(),
      "?": showHelp,
      Escape: () => ((this.view.lane = -1), this.view.showKey(null)),
    });
  }

  toggleTheme() {
    const root = document.documentElement;
    const isDark = root.classList.contains("dark") || (!root.classList.contains("light") && matchMedia("(prefers-color-scheme: dark)").matches);
    root.classList.toggle("dark", !isDark);
    root.classList.toggle("light", isDark);
    this.newTheme();
  }

  newTheme() {
    this.diagram.readTheme();
    this.diagram.repaint();
  }
}

async function open() {
  const started = performance.now();
  const raw = await unpack(byId("columns").textContent);
  const packs = [...document.querySelectorAll("script.pack-run")].map((script) => script.textContent);
  const page = new Page(raw, packs);
  page.start();
  page.openedIn = performance.now() - started;
  window.raftlab = page;
}

open().catch((problem) => {
  const box = byId("problem");
  box.hidden = false;
  box.textContent = `The run can't be shown: ${problem.message}. The page needs a browser of 2023 or later.`;
  throw problem;
});
