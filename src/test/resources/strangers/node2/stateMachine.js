'use strict';
// The key-value store. apply(command) returns the answer for the client, without addresses.

const createStateMachine = () => {
  const data = new Map();
  const sessions = new Map(); // client -> {seq, answer} of its last write

  const read = (key) => (data.has(key) ? data.get(key) : '');

  const operations = {
    get: ({ key }) => ({ type: 'ok', value: read(key) }),
    put: ({ key, value }) => {
      data.set(key, value);
      return { type: 'ok' };
    },
    append: ({ key, value }) => {
      data.set(key, read(key) + value);
      return { type: 'ok' };
    },
    cas: ({ key, expect, value }) => {
      if (read(key) !== expect) return { type: 'mismatch', value: read(key) };
      data.set(key, value);
      return { type: 'ok' };
    },
  };

  const apply = (command) => {
    const { op, client, seq } = command;
    if (op === 'get' || client === undefined) return operations[op](command);
    const last = sessions.get(client);
    if (last && seq === last.seq) return last.answer;
    if (last && seq < last.seq) return { type: 'fail', reason: 'old sequence number' };
    const answer = operations[op](command);
    sessions.set(client, { seq, answer });
    return answer;
  };

  return { apply };
};

module.exports = { createStateMachine };
