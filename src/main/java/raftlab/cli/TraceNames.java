package raftlab.cli;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import raftlab.scenario.Scenario;

/**
 * The names of scenarios in the names of trace files: that of the scenario, preceded by that of its
 * folder if another one has the same.
 */
final class TraceNames {
  private final Map<Path, String> names = new HashMap<>();

  /** The names of these scenarios; each file has another one. */
  TraceNames(Collection<Scenario> scenarios) {
    Map<String, Set<Path>> files = new HashMap<>();
    for (Scenario scenario : scenarios) {
      files.computeIfAbsent(scenario.name(), name -> new HashSet<>()).add(file(scenario));
    }
    Set<String> taken = new HashSet<>();
    for (Scenario scenario : scenarios) {
      boolean isOnly = files.getOrDefault(scenario.name(), Set.of()).size() == 1;
      String name = isOnly ? scenario.name() : folder(scenario) + "-" + scenario.name();
      names.computeIfAbsent(file(scenario), file -> unused(name, taken));
    }
  }

  private static Path file(Scenario scenario) {
    return scenario.file().toAbsolutePath().normalize();
  }

  private static String folder(Scenario scenario) {
    Path folder = file(scenario).getParent();
    return folder == null || folder.getFileName() == null ? "" : folder.getFileName().toString();
  }

  private static String unused(String name, Set<String> taken) {
    String unused = name;
    for (int number = 2; !taken.add(unused); number++) {
      unused = name + "-" + number;
    }
    return unused;
  }

  /** The name of a scenario; its own if it is none of these. */
  String of(Scenario scenario) {
    return names.getOrDefault(file(scenario), scenario.name());
  }
}
