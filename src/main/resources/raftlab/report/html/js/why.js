// The verdict: what was promised, the likely cause, the events that show it.
import { byId, element } from "./dom.js";
import { eventText, seconds } from "./words.js";

function heading(text) {
  return element("h2", {}, text);
}

export function showVerdict(model, onEvidence) {
  const { verdict } = model;
  const section = byId("why");
  const isPass = verdict.status === "pass";
  section.replaceChildren();
  if (verdict.cause) {
    section.append(
      heading(isPass ? "Passed, but suspicious" : verdict.cause.title),
      element("p", { class: "cause" }, verdict.cause.name),
      clamped(verdict.cause.text),
    );
  }
  if (isPass && !verdict.cause) {
    section.append(heading("Result"), element("p", {}, "All checks passed."));
  }
  if (verdict.evidence.length > 0) {
    section.append(heading("What happened"), evidenceList(model, onEvidence));
  }
  if (!isPass) {
    section.append(heading("Broken property"), element("p", { class: "broken" }, verdict.property), clamped(verdict.text));
  }
  if (verdict.section) {
    section.append(element("p", { class: "faint" }, `Read again: ${verdict.section} of the Raft paper (extended version)`));
  }
  if (verdict.figures.length > 0) {
    const figures = verdict.figures.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]);
    section.append(heading("Figures"), element("dl", { class: "figures" }, ...figures));
  }
  if (verdict.again) {
    section.append(heading("Play it again"), command(verdict.again));
  }
  if (verdict.remarks.length > 0) {
    section.append(heading("Remarks"), ...verdict.remarks.map((remark) => element("p", { class: "faint" }, remark)));
  }
}

function evidenceList(model, onEvidence) {
  const list = element("ol", { class: "evidence" });
  model.verdict.evidence.forEach((item, i) => {
    const link = element(
      "a",
      { href: `#e=${i + 1}`, title: `Show this event (${i + 1})` },
      element("span", { class: "number" }, `${i + 1}`),
      element("span", {}, element("span", { class: "time" }, `${seconds(model, item.at)}  `), shorten(evidenceText(model, item))),
    );
    link.addEventListener("click", (event) => {
      event.preventDefault();
      onEvidence(i);
    });
    list.append(element("li", {}, link));
  });
  return list;
}

// A message between replicas in the paper's terms; any other event as the explanation has it.
function evidenceText(model, item) {
  const row = model.messageOf(item.at);
  return row >= 0 && !"cCo".includes(model.messages.kind[row]) ? eventText(model, item.at) : item.text;
}

// A text whose later lines are shown when it is clicked.
function clamped(text) {
  const paragraph = element("p", { class: "clamp", title: text }, shortWords(text));
  paragraph.addEventListener("click", () => paragraph.classList.toggle("open"));
  return paragraph;
}

// Random keys and values are known by their beginning.
export function shortWords(text) {
  return text.replace(/[A-Za-z0-9]{20,}|([^\w\s])\1{7,}/g, (word) => `${word.slice(0, 8)}…`).replace(/…(=?)[A-Za-z0-9]{0,19}…+/g, "…$1…");
}

export function shorten(text, most = 150) {
  const short = shortWords(text);
  return short.length > most ? `${short.slice(0, most)}…` : short;
}

export function markCurrent(index) {
  document.querySelectorAll("ol.evidence a").forEach((link, i) => {
    if (i === index) {
      link.setAttribute("aria-current", "true");
    } else {
      link.removeAttribute("aria-current");
    }
  });
}

function command(text) {
  const copy = element("button", { title: "Copy the command" }, "copy");
  copy.addEventListener("click", () => {
    navigator.clipboard?.writeText(text).then(
      () => (copy.textContent = "copied"),
      () => (copy.textContent = "press Ctrl+C"),
    );
  });
  return element("div", { class: "command" }, element("code", {}, text), copy);
}
