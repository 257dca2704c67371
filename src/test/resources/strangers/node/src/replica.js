'use strict';

const { EventEmitter } = require('events');
const { EVERYONE } = require('./bus');
const { Journal } = require('./journal');
const { Store } = require('./store');

const PULSE_MS = 110;
const FLUSH_MS = 8;
const PATIENCE_MIN = 350;
const PATIENCE_SPREAD = 350;
const GAP_QUIET_MS = 40;
const MAX_EVENTS = 80;

class Replica extends EventEmitter {
  constructor(id, peers, bus) {
    super();
    this.id = id;
    this.peers = peers;
    this.bus = bus;
    this.quorum = Math.floor((peers.length + 1) / 2) + 1;

    this.role = 'listener';
    this.epoch = 0;
    this.backed = null; // whom we support in this epoch
    this.journal = new Journal();
    this.store = new Store();
    this.sealed = -1; // committed up to here
    this.applied = -1;

    this.fans = new Set();
    this.seen = {}; // leader: peer -> last position it surely has
    this.streamed = -1; // leader: broadcast up to here
    this.waiting = new Map(); // leader: position -> client's request
    this.lobby = []; // requests that came while nobody was leader
    this.lastGap = 0;

    this.wire();
  }

  wire() {
    const on = (kind, fn) =>
      this.bus.on(kind, (from, meta, body) => {
        if (meta.epoch > this.epoch) this.enterEpoch(meta.epoch);
        fn.call(this, from, meta.epoch, body);
      });
    on('campaign:start', this.onCampaign);
    on('campaign:support', this.onSupport);
    on('log:stream', this.onStream);
    on('log:seen', this.onSeen);
    on('log:gap', this.onGap);
    on('epoch:stale', () => {});
    this.bus.on('request', (req) => this.onRequest(req));

    this.on('leader', () => this.emptyLobby());
    this.on('sealed', () => this.applyAll());
  }

  start() {
    this.resetPatience();
  }

  log(...args) {
    console.error(`[${this.id} e${this.epoch} ${this.role}]`, ...args);
  }

  // ---------- epochs and roles ----------

  resetPatience() {
    clearTimeout(this.patience);
    const ms = PATIENCE_MIN + Math.random() * PATIENCE_SPREAD;
    this.patience = setTimeout(() => this.campaign(), ms);
  }

  setLeader(leader) {
    if (this.bus.leader === leader) return;
    this.bus.leader = leader;
    if (leader !== EVERYONE) this.emit('leader', leader);
  }

  enterEpoch(epoch) {
    this.epoch = epoch;
    this.backed = null;
    this.setLeader(EVERYONE);
    this.listen();
  }

  listen() {
    if (this.role === 'leader') {
      this.log('stepping down');
      clearInterval(this.pulse);
      clearTimeout(this.flushTimer);
      this.flushTimer = null;
      for (const req of this.waiting.values()) this.bus.reply(req, 'fail', { reason: 'lost leadership' });
      this.waiting.clear();
      this.resetPatience();
    }
    this.role = 'listener';
  }

  campaign() {
    this.role = 'candidate';
    this.epoch++;
    this.backed = this.id;
    this.fans = new Set([this.id]);
    this.setLeader(EVERYONE);
    this.resetPatience();
    this.log('campaigning');
    this.bus.broadcast('campaign:start', this.epoch, { tail: this.journal.mark() });
    this.countFans();
  }

  onCampaign(from, epoch, { tail }) {
    if (epoch < this.epoch) {
      this.bus.tell(from, 'epoch:stale', this.epoch, {});
      return;
    }
    if (this.backed !== null && this.backed !== from) return;
    if (!this.journal.notFresherThan(tail)) return;
    this.backed = from;
    this.resetPatience();
    this.bus.broadcast('campaign:support', this.epoch, { backs: from });
  }

  onSupport(from, epoch, { backs }) {
    if (this.role !== 'candidate' || epoch !== this.epoch || backs !== this.id) return;
    this.fans.add(from);
    this.countFans();
  }

  countFans() {
    if (this.fans.size < this.quorum) return;
    this.role = 'leader';
    this.log('elected by', [...this.fans].join(' '));
    clearTimeout(this.patience);
    this.seen = Object.fromEntries(this.peers.map((p) => [p, -1]));
    this.streamed = this.journal.end;
    this.journal.push(this.epoch, { kind: 'noop', body: {} });
    this.setLeader(this.id);
    this.flush();
    this.pulse = setInterval(() => this.beat(), PULSE_MS);
  }

  // ---------- replication ----------

  streamFrom(pos) {
    return {
      after: this.journal.mark(pos),
      events: this.journal.slice(pos + 1, MAX_EVENTS),
      sealed: this.sealed,
    };
  }

  // everything not yet sealed goes out again with each beat
  beat() {
    this.bus.broadcast('log:stream', this.epoch, this.streamFrom(this.sealed));
  }

  flush() {
    this.flushTimer = null;
    if (this.role !== 'leader' || this.streamed >= this.journal.end) return;
    const body = this.streamFrom(this.streamed);
    this.streamed += body.events.length;
    this.bus.broadcast('log:stream', this.epoch, body);
    if (this.streamed < this.journal.end) this.flushSoon();
    this.tryToSeal();
  }

  flushSoon() {
    if (!this.flushTimer) this.flushTimer = setTimeout(() => this.flush(), FLUSH_MS);
  }

  onStream(from, epoch, { after, events, sealed }) {
    if (epoch < this.epoch) {
      this.bus.tell(from, 'epoch:stale', this.epoch, {});
      return;
    }
    this.listen();
    this.setLeader(from);
    this.resetPatience();

    if (!this.journal.has(after)) {
      // don't nag, the leader streams often enough
      const now = Date.now();
      if (now - this.lastGap < GAP_QUIET_MS) return;
      this.lastGap = now;
      this.bus.tell(from, 'log:gap', this.epoch, { resume: this.journal.resumePoint(after) });
      return;
    }

    const upto = this.journal.merge(after.pos, events);
    if (events.length > 0) this.bus.tell(from, 'log:seen', this.epoch, { upto });
    this.seal(Math.min(sealed, upto));
  }

  onSeen(from, epoch, { upto }) {
    if (this.role !== 'leader' || epoch !== this.epoch) return;
    if (upto <= this.seen[from]) return;
    this.seen[from] = upto;
    this.tryToSeal();
  }

  onGap(from, epoch, { resume }) {
    if (this.role !== 'leader' || epoch !== this.epoch) return;
    this.bus.tell(from, 'log:stream', this.epoch, this.streamFrom(resume - 1));
  }

  tryToSeal() {
    const all = [this.journal.end, ...Object.values(this.seen)].sort((a, b) => b - a);
    const pos = all[this.quorum - 1];
    if (this.journal.epochAt(pos) === this.epoch) this.seal(pos);
  }

  seal(pos) {
    if (pos <= this.sealed) return;
    this.sealed = pos;
    this.emit('sealed', pos);
  }

  applyAll() {
    while (this.applied < this.sealed) {
      const { op } = this.journal.events[++this.applied];
      const [type, extra] = this.store.apply(op);
      const req = this.waiting.get(this.applied);
      if (req) {
        this.waiting.delete(this.applied);
        this.bus.reply(req, type, extra);
      }
    }
  }

  // ---------- clients ----------

  onRequest(req) {
    if (this.role === 'leader') {
      if (!this.store.supports(req.type)) {
        this.bus.reply(req, 'fail', { reason: `${req.type} not supported` });
        return;
      }
      const { key, value, expect } = req;
      const pos = this.journal.push(this.epoch, { kind: req.type, body: { key, value, expect } });
      this.waiting.set(pos, req);
      this.flushSoon();
    } else if (this.bus.leader !== EVERYONE) {
      this.bus.reply(req, 'redirect');
    } else {
      this.lobby.push(req);
    }
  }

  emptyLobby() {
    const reqs = this.lobby;
    this.lobby = [];
    for (const req of reqs) this.onRequest(req);
  }
}

module.exports = { Replica };
