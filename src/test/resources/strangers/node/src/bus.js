'use strict';

const dgram = require('dgram');
const { EventEmitter } = require('events');

const EVERYONE = 'FFFF';

// Wraps the UDP socket. Peer messages are emitted under their kind,
// client requests as 'request'.
class Bus extends EventEmitter {
  constructor(port, id) {
    super();
    this.port = port;
    this.id = id;
    this.leader = EVERYONE;
    this.socket = dgram.createSocket('udp4');
  }

  start(ready) {
    this.socket.on('message', (buf) => this.dispatch(buf));
    this.socket.on('error', (err) => console.error(`[${this.id}] socket`, err.message));
    this.socket.bind(0, 'localhost', () => {
      this.raw({ dst: EVERYONE, type: 'hello' });
      ready();
    });
  }

  dispatch(buf) {
    let msg;
    try {
      msg = JSON.parse(buf.toString('utf8'));
    } catch (e) {
      return;
    }
    if (msg.type === 'peer') this.emit(msg.kind, msg.src, msg.meta, msg.body);
    else this.emit('request', msg);
  }

  raw(fields) {
    const msg = { src: this.id, leader: this.leader, ...fields };
    this.socket.send(Buffer.from(JSON.stringify(msg)), this.port, 'localhost');
  }

  tell(dst, kind, epoch, body) {
    this.raw({ dst, type: 'peer', kind, meta: { epoch }, body });
  }

  broadcast(kind, epoch, body) {
    this.tell(EVERYONE, kind, epoch, body);
  }

  reply(req, type, extra = {}) {
    this.raw({ dst: req.src, type, MID: req.MID, ...extra });
  }
}

module.exports = { Bus, EVERYONE };
