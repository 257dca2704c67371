// Where the lanes stand on the canvas.

const GUTTER = 114;
const AXIS = 22;
const FAULTS = 20;

export function layoutOf(model, width, height, hasFaults) {
  const clients = model.firstReplica;
  const top = AXIS + (hasFaults ? FAULTS : 0);
  const clientHeight = clients === 0 ? 0 : Math.min(13, Math.max(2.5, 110 / clients));
  const clientBlock = clients === 0 ? 0 : clients * clientHeight + 14;
  const room = Math.max(model.replicas * 34, height - top - clientBlock - 4);
  const laneHeight = room / Math.max(1, model.replicas);
  const lanes = model.lanes.map((_, lane) => {
    if (lane < clients) {
      return { top: top + 7 + lane * clientHeight, height: clientHeight, middle: top + 7 + (lane + 0.5) * clientHeight };
    }
    const start = top + clientBlock + (lane - clients) * laneHeight;
    return { top: start, height: laneHeight, middle: start + laneHeight * 0.42 };
  });
  return {
    width,
    height,
    gutter: GUTTER,
    axisHeight: AXIS,
    faultsTop: hasFaults ? AXIS : -1,
    faultsHeight: hasFaults ? FAULTS : 0,
    lanesTop: top,
    clientTop: top,
    clientBottom: top + clientBlock,
    laneHeight,
    barHeight: Math.min(18, laneHeight * 0.3),
    lanes,
  };
}

export function wantedHeight(model, hasFaults, available) {
  const clients = model.firstReplica;
  const clientBlock = clients === 0 ? 0 : clients * Math.min(13, Math.max(2.5, 110 / clients)) + 14;
  const fixed = AXIS + (hasFaults ? FAULTS : 0) + clientBlock + 4;
  const least = fixed + model.replicas * 44;
  const most = fixed + model.replicas * 110;
  return Math.max(least, Math.min(most, available));
}

// The lane at a height; -1 if there is none.
export function laneAt(layout, y) {
  return layout.lanes.findIndex((lane) => y >= lane.top && y < lane.top + lane.height);
}
