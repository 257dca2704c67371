package raftlab.raft;

import java.util.HashMap;
import java.util.Map;
import raftlab.raft.Command.Put;

/** The state machine: the same commands in the same order make the same store on all replicas. */
final class KeyValueStore {
  private final Map<String, String> values =
      new HashMap<>(); // only looked up, never walked through

  void apply(Command command) {
    if (command instanceof Put put) {
      values.put(put.key(), put.value());
    }
  }

  /** The key's value; "" if it was never put. */
  String get(String key) {
    return values.getOrDefault(key, "");
  }
}
