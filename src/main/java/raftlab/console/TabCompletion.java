package raftlab.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import raftlab.wire.Id;

/** The candidates for completion at the cursor. */
final class TabCompletion implements Completer {
  private final Console console;
  private final ConsoleSession session;

  TabCompletion(Console console) {
    this.console = console;
    this.session = console.session();
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    if (line.wordIndex() == 0) {
      add(console.commands().names(), candidates);
      return;
    }
    int index = line.wordIndex();
    switch (line.words().get(0)) {
      case "start" -> add(ids("@"), candidates);
      case "crash", "restart" -> {
        add(List.of(TargetParser.LEADER, TargetParser.ALL, TargetParser.RANDOM), candidates);
        add(ids(""), candidates);
      }
      case "partition" -> {
        add(List.of(TargetParser.LEADER, TargetParser.REST, "|"), candidates);
        add(ids(""), candidates);
      }
      case "remove" -> {
        add(index == 1 ? List.of(TargetParser.LEADER, TargetParser.RANDOM) : List.of(), candidates);
        add(index == 1 ? ids("") : List.of(), candidates);
      }
      case "output", "transfer", "add" -> add(index == 1 ? ids("") : List.of(), candidates);
      case "put", "get", "append", "cas" -> add(index == 1 ? keys() : ids("@"), candidates);
      case "wait" -> add(index == 1 ? List.of(TargetParser.LEADER) : List.of(), candidates);
      case "help", "?" -> add(console.commands().names(), candidates);
      case "run" -> {
        add(session.library().scenarios(), candidates);
        addFiles(line.word().substring(0, line.wordCursor()), candidates);
      }
      case "suite" -> {
        add(session.library().suites(), candidates);
        addFiles(line.word().substring(0, line.wordCursor()), candidates);
      }
      default -> {}
    }
  }

  private static void add(Iterable<String> words, List<Candidate> candidates) {
    words.forEach(word -> candidates.add(new Candidate(word)));
  }

  private List<String> ids(String before) {
    List<String> ids = new ArrayList<>();
    for (Id id : session.snapshot().replicas()) {
      ids.add(before + id);
    }
    return ids;
  }

  private List<String> keys() {
    LiveCluster cluster = session.clusterOrNull();
    // Others would need quotes.
    return cluster == null
        ? List.of()
        : cluster.keys().stream().filter(key -> key.matches("[\\w.:/@-]+")).toList();
  }

  /** Folders, and files that may contain a scenario. */
  private static void addFiles(String begun, List<Candidate> candidates) {
    String folder = begun.substring(0, begun.lastIndexOf('/') + 1);
    try (Stream<Path> entries = Files.list(Path.of(folder.isEmpty() ? "." : folder))) {
      entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .forEach(entry -> addFile(folder + entry.getFileName(), entry, candidates));
    } catch (IOException | UncheckedIOException | InvalidPathException nothingThere) {
      // There are no files to offer.
      return;
    }
  }

  private static void addFile(String name, Path entry, List<Candidate> candidates) {
    if (Files.isDirectory(entry)) {
      candidates.add(new Candidate(name + "/", name + "/", null, null, null, null, false));
    } else if (name.endsWith(".json")) {
      candidates.add(new Candidate(name));
    }
  }
}
