'use strict';
// Stable storage: one file, one record a line: "<checksum> <json>\n".
//   {kind: 'vote', term, votedFor}      current term and vote
//   {kind: 'entry', index, entry}       entry appended (replaces everything from index on)
//   {kind: 'cut', index}                everything from index on deleted
const fs = require('fs');
const path = require('path');
const crypto = require('crypto');

const checksum = (text) => crypto.createHash('md5').update(text).digest('hex').slice(0, 12);

const parseLine = (line) => {
  const space = line.indexOf(' ');
  const json = line.slice(space + 1);
  if (space < 0 || checksum(json) !== line.slice(0, space)) {
    throw new Error('damaged record in the log file');
  }
  return JSON.parse(json);
};

const replay = (saved, record) => {
  switch (record.kind) {
    case 'vote':
      saved.term = record.term;
      saved.votedFor = record.votedFor;
      break;
    case 'entry':
      saved.log.length = record.index - 1;
      saved.log.push(record.entry);
      break;
    case 'cut':
      saved.log.length = record.index - 1;
      break;
  }
  return saved;
};

const emptyState = () => ({ term: 0, votedFor: null, log: [] });

const openStorage = (dir) => {
  if (!dir) return { saved: emptyState(), save: () => {} };

  const file = path.join(dir, 'raft.log');
  const bytes = fs.existsSync(file) ? fs.readFileSync(file) : Buffer.alloc(0);
  const complete = bytes.lastIndexOf(10) + 1; // a crash can leave half a line at the end
  const saved = bytes.subarray(0, complete).toString('utf8')
    .split('\n').slice(0, -1)
    .map(parseLine)
    .reduce(replay, emptyState());
  if (complete < bytes.length) fs.truncateSync(file, complete);

  const fd = fs.openSync(file, 'a');
  const save = (record) => {
    const json = JSON.stringify(record);
    fs.appendFileSync(fd, `${checksum(json)} ${json}\n`);
  };
  return { saved, save };
};

module.exports = { openStorage };
