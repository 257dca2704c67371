// Arrays of numbers and searches in them.

// Undoes the differences of an ascending column.
export function ascending(differences) {
  const values = new Float64Array(differences.length);
  let value = 0;
  for (let i = 0; i < differences.length; i++) {
    value += differences[i];
    values[i] = value;
  }
  return values;
}

// The first place in an ascending list whose value is not below this one.
export function lowerBound(values, value, from = 0, to = values.length) {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

// The last place whose value is at most this one; -1 if there is none.
export function lastAtMost(values, value) {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] <= value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}

// Groups rows by a key: for each key the ascending list of its rows.
export function rowsBy(keys, size) {
  const counts = new Int32Array(size);
  for (const key of keys) {
    if (key >= 0) {
      counts[key]++;
    }
  }
  const lists = Array.from(counts, (count) => new Int32Array(count));
  counts.fill(0);
  for (let row = 0; row < keys.length; row++) {
    if (keys[row] >= 0) {
      lists[keys[row]][counts[keys[row]]++] = row;
    }
  }
  return lists;
}
