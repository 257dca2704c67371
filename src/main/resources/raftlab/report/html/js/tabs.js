// The parts below the diagram, one at a time. A part is built when it is first opened.
import { byId, element } from "./dom.js";

export class Tabs {
  constructor() {
    this.tabs = [];
  }

  // `build` gets the container and returns what to call whenever something changed, if anything.
  add(id, title, build) {
    const button = element("button", { role: "tab", id: `tab-${id}`, "aria-controls": `panel-${id}`, onclick: () => this.open(id) }, title);
    const panel = element("div", { role: "tabpanel", id: `panel-${id}`, "aria-labelledby": `tab-${id}`, hidden: true });
    byId("tabs").append(button);
    byId("panels").append(panel);
    this.tabs.push({ id, button, panel, build, update: null });
  }

  open(id) {
    this.current = this.tabs.find((tab) => tab.id === id);
    for (const tab of this.tabs) {
      tab.panel.hidden = tab !== this.current;
      tab.button.setAttribute("aria-selected", tab === this.current);
    }
    if (!this.current.isBuilt) {
      this.current.isBuilt = true;
      this.current.update = this.current.build(this.current.panel) ?? null;
    }
    this.update("opened");
  }

  update(what) {
    this.current?.update?.(what);
  }
}
