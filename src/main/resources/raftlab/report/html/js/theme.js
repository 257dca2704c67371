// The colours of the style sheet, for drawing on a canvas.

const NAMES = [
  "text", "faint", "back", "soft", "line", "link", "leader", "candidate", "pre-candidate", "follower", "down",
  "on-leader", "on-follower", "vote", "append", "reply", "heartbeat", "client", "other", "mark", "on-mark",
  "cut", "cursor", "commit", "lost", "fail", "pass", "unknown",
];

// Colours of single replicas, for the line that shows whom each sees as leader. Okabe and Ito's
// colours, which people with colour blindness can tell apart; the name stands beside each line.
const OF_REPLICAS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a8a00", "#7f5fc0", "#999999"];

export function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const theme = { font: "system-ui, sans-serif" };
  for (const name of NAMES) {
    theme[name] = style.getPropertyValue(`--${name}`).trim();
  }
  theme.replica = (place) => OF_REPLICAS[place % OF_REPLICAS.length];
  return theme;
}

// A pattern of slanted lines, for what is down, paused or cut off.
export function hatch(context, colour, distance = 7) {
  const tile = document.createElement("canvas");
  const ratio = window.devicePixelRatio || 1;
  tile.width = tile.height = Math.round(distance * ratio);
  const pen = tile.getContext("2d");
  pen.strokeStyle = colour;
  pen.lineWidth = 1.4 * ratio;
  const size = tile.width;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift - 1, size + 1);
    pen.lineTo(shift + size + 1, -1);
  }
  pen.stroke();
  const pattern = context.createPattern(tile, "repeat");
  pattern.setTransform(new DOMMatrix([1 / ratio, 0, 0, 1 / ratio, 0, 0]));
  return pattern;
}
