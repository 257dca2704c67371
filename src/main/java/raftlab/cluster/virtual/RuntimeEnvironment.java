package raftlab.cluster.virtual;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The environment of replicas on virtual time: what makes runtimes of languages repeatable. */
final class RuntimeEnvironment {
  private static final Map<String, String> VARIABLES =
      Map.of(
          // Python: the order of sets of strings.
          "PYTHONHASHSEED", "0",
          // Python: the first run would write files that the second one reads.
          "PYTHONDONTWRITEBYTECODE", "1",
          // Go: no preemption by signals, one thread for goroutines.
          "GODEBUG", "asyncpreemptoff=1",
          "GOMAXPROCS", "1",
          // Node: one thread for files and names.
          "UV_THREADPOOL_SIZE", "1",
          // glibc: threads don't compete for memory pools.
          "MALLOC_ARENA_MAX", "1");

  private RuntimeEnvironment() {}

  /** Returns the user's variables with those of this table, in a fixed order. */
  static SortedMap<String, String> create() {
    SortedMap<String, String> environment = new TreeMap<>(System.getenv());
    environment.putAll(VARIABLES);
    environment.computeIfPresent("PATH", (name, path) -> PythonShims.resolved(path));
    return environment;
  }
}
