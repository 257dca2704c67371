package raftlab.raft;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import raftlab.raft.ByteReader.DamagedException;
import raftlab.raft.Command.Append;
import raftlab.raft.Command.Cas;
import raftlab.raft.Command.Put;
import raftlab.raft.Command.Write;
import raftlab.wire.MessageSize;

/** The keys and their values. */
final class KeyValueStore {
  private final Map<String, String> values = new HashMap<>(); // iterated in order of keys only

  CommandResult apply(Write write) {
    if (write instanceof Put put) {
      values.put(put.key(), put.value());
    } else if (write instanceof Append append) {
      String value = get(append.key()) + append.value();
      if (MessageSize.jsonBytes(value) > RaftSettings.MAX_ENTRY_BYTES) {
        return new CommandResult.Refused("the value would become longer than a message can carry");
      }
      values.put(append.key(), value);
    } else {
      Cas cas = (Cas) write;
      String value = get(cas.key());
      if (!value.equals(cas.expect())) {
        return new CommandResult.Mismatch(value);
      }
      values.put(cas.key(), cas.value());
    }
    return CommandResult.Done.INSTANCE;
  }

  /** The key's value; "" if it was never put. */
  String get(String key) {
    return values.getOrDefault(key, "");
  }

  void write(ByteWriter out) {
    out.number(values.size());
    new TreeMap<>(values).forEach((key, value) -> out.text(key).text(value));
  }

  /** Reads what {@link #write} has written. This one must be empty. */
  void read(ByteReader in) throws DamagedException {
    long count = in.count();
    for (long i = 0; i < count; i++) {
      values.put(in.text(), in.text());
    }
  }
}
