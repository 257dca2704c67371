'use strict';

// The state machine, redux style: one reducer per operation.
// Each returns [type of the answer, further fields of the answer].
const reducers = {
  noop: () => ['ok', {}],
  get: (db, { key }) => ['ok', { value: db.get(key) ?? '' }],
  put: (db, { key, value }) => {
    db.set(key, value);
    return ['ok', {}];
  },
  append: (db, { key, value }) => {
    db.set(key, (db.get(key) ?? '') + value);
    return ['ok', {}];
  },
  cas: (db, { key, expect, value }) => {
    const now = db.get(key) ?? '';
    if (now !== expect) return ['mismatch', { value: now }];
    db.set(key, value);
    return ['ok', {}];
  },
};

class Store {
  constructor() {
    this.db = new Map();
  }

  supports(kind) {
    return kind in reducers;
  }

  apply(op) {
    return reducers[op.kind](this.db, op.body);
  }
}

module.exports = { Store };
