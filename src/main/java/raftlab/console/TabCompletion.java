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
    String begun = line.word().substring(0, line.wordCursor());
    String first = line.words().get(0);
    switch (first) {
      case "start" -> {
        add(ids("@"), candidates);
        add(List.of("3", "5", "--sim", "--process", "--replica"), candidates);
      }
      case "crash",
          "restart",
          "pause",
          "isolate",
          "strange",
          "slow",
          "clock",
          "disk",
          "resume",
          "heal",
          "bridge",
          "ring" -> {
        add(FaultParser.words(), candidates);
        add(ids(""), candidates);
        add(List.of("for"), candidates);
      }
      case "cut", "partition" -> {
        add(FaultParser.words(), candidates);
        add(List.of("|", "->", "<-", "<->", "for"), candidates);
        add(ids(""), candidates);
      }
      case "remove" -> {
        add(index == 1 ? List.of(TargetParser.LEADER, TargetParser.RANDOM) : List.of(), candidates);
        add(index == 1 ? ids("") : List.of(), candidates);
      }
      case "output", "transfer", "add" -> add(index == 1 ? ids("") : List.of(), candidates);
      case "log", "diff", "status", "timeout" -> {
        add(ids(""), candidates);
        add(List.of(TargetParser.LEADER, TargetParser.OLD_LEADER), candidates);
      }
      case "put", "get", "append", "cas" -> {
        add(index == 1 ? keys() : ids("@"), candidates);
        add(index > 1 ? List.of("via", "as", "&") : List.of(), candidates);
      }
      case "data" -> add(keys(), candidates);
      case "wait" -> add(index == 1 ? TimeCommands.conditions() : List.of(), candidates);
      case "goto" -> add(session.branchNames(), candidates);
      case "trace", "timing" -> add(index == 1 ? List.of("on", "off") : List.of(), candidates);
      case "columns" -> add(List.of("--about", "--type", "--heartbeats"), candidates);
      case "lesson" -> add(Lesson.NAMES, candidates);
      case "hunt" -> add(List.of("easy", "medium", "hard"), candidates);
      case "load" -> add(List.of("100/s", "mix=0.5", "keys=5", "clients=8", "for"), candidates);
      case "on" -> {
        add(List.of("from", "to", "nth", "lose"), candidates);
        add(FaultParser.FAULTS, candidates);
        add(FaultParser.words(), candidates);
      }
      case "repeat", "every", "what-if" ->
          add(
              index == (first.equals("what-if") ? 1 : 2) ? console.commands().names() : List.of(),
              candidates);
      case "source", "save", "record" -> addFiles(begun, "", candidates);
      case "help", "?" -> add(console.commands().names(), candidates);
      case "run" -> {
        if (line.words().size() > 2 && line.words().get(1).equals("until")) {
          add(TimeCommands.conditions(), candidates);
        } else {
          add(List.of("until"), candidates);
          add(session.library().scenarios(), candidates);
          addFiles(begun, ".json", candidates);
        }
      }
      case "suite" -> {
        add(session.library().suites(), candidates);
        addFiles(begun, ".json", candidates);
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

  /** Folders, and files with this ending. */
  private static void addFiles(String begun, String ending, List<Candidate> candidates) {
    String folder = begun.substring(0, begun.lastIndexOf('/') + 1);
    try (Stream<Path> entries = Files.list(Path.of(folder.isEmpty() ? "." : folder))) {
      entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .forEach(entry -> addFile(folder + entry.getFileName(), entry, ending, candidates));
    } catch (IOException | UncheckedIOException | InvalidPathException nothingThere) {
      // There are no files to offer.
      return;
    }
  }

  private static void addFile(String name, Path entry, String ending, List<Candidate> candidates) {
    if (Files.isDirectory(entry)) {
      candidates.add(new Candidate(name + "/", name + "/", null, null, null, null, false));
    } else if (name.endsWith(ending)) {
      candidates.add(new Candidate(name));
    }
  }
}
