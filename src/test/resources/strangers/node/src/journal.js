'use strict';

// The log. Positions are plain array indexes, so an empty journal ends at -1.
class Journal {
  constructor() {
    this.events = [];
  }

  get end() {
    return this.events.length - 1;
  }

  epochAt(pos) {
    return pos < 0 ? 0 : this.events[pos].epoch;
  }

  mark(pos = this.end) {
    return { pos, epoch: this.epochAt(pos) };
  }

  push(epoch, op) {
    this.events.push({ epoch, op });
    return this.end;
  }

  slice(from, max) {
    return this.events.slice(from, from + max);
  }

  has(mark) {
    return mark.pos <= this.end && this.epochAt(mark.pos) === mark.epoch;
  }

  // where should the leader start over, if it thought we had `mark`?
  resumePoint(mark) {
    if (mark.pos > this.end) return this.events.length;
    const bad = this.epochAt(mark.pos);
    let pos = mark.pos;
    while (pos > 0 && this.epochAt(pos - 1) === bad) pos--;
    return pos;
  }

  // put events behind pos; cuts only if something really differs
  merge(pos, events) {
    for (const ev of events) {
      pos++;
      if (pos <= this.end && this.epochAt(pos) !== ev.epoch) this.events.length = pos;
      if (pos > this.end) this.events.push(ev);
    }
    return pos;
  }

  // is a candidate with this mark at least as fresh as we are?
  notFresherThan(mark) {
    const mine = this.mark();
    if (mine.epoch !== mark.epoch) return mark.epoch > mine.epoch;
    return mark.pos >= mine.pos;
  }
}

module.exports = { Journal };
