package raftlab.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import raftlab.bugs.StyleCatalogue;
import raftlab.suite.StyledBug;

/** The options that select what {@code raftlab bugs --styles} plays. */
final class StylesOptions {
  @Option(
      names = "--styles",
      description =
          "play the replica that speaks in many styles, in the process world: each style with each"
              + " bug, and without. Shows a matrix, and every false cause")
  private boolean isWanted;

  @Option(
      names = "--style",
      paramLabel = "NAME",
      split = ",",
      description = "with --styles: only this style; may be repeated, or several with commas")
  private List<String> styles = List.of();

  @Option(
      names = "--bug",
      paramLabel = "NAME",
      split = ",",
      description =
          "with --styles: only this bug; \"none\" for the replica without a bug. May be repeated, or"
              + " several with commas")
  private List<String> bugs = List.of();

  @Option(
      names = "--thorough",
      description =
          "with --styles: play all scenarios of the suites. Default: for each bug at most 3 that catch"
              + " it in the reference replica, in the simulated world")
  private boolean isThorough;

  @Option(
      names = "--trace",
      paramLabel = "DIR",
      description =
          "write all events of the runs that caught a bug to DIR/BUG-NAME-SEED.jsonl. With --styles:"
              + " of runs with a false cause, and of correct replicas that fail or are suspected, to"
              + " DIR/STYLE-BUG-NAME-SEED.jsonl")
  private Path traces;

  /** Whether styles are played. */
  boolean isWanted() {
    return isWanted;
  }

  boolean isThorough() {
    return isThorough;
  }

  /** The folder for traces; null for none. */
  Path traces() {
    return traces;
  }

  /** Throws if an option is given that needs {@code --styles}. */
  void check() {
    if (!isWanted && !bugs.isEmpty() && styles.isEmpty() && !isThorough) {
      throw new UsageException(
          "found --bug without --styles, expected only the name: raftlab bugs " + bugs.get(0));
    }
    if (!isWanted && (!styles.isEmpty() || !bugs.isEmpty() || isThorough)) {
      throw new UsageException(
          "found an option of --styles (--style, --bug, --thorough) without it, expected --styles too");
    }
  }

  /** The styles to play. */
  List<String> styles(StyleCatalogue catalogue) {
    return styles.isEmpty()
        ? catalogue.styles().stream().map(StyleCatalogue.Style::name).toList()
        : styles.stream().distinct().map(name -> catalogue.style(name).name()).toList();
  }

  /**
   * The names of the bugs to play, with {@link StyledBug#CORRECT} for none.
   *
   * @param further names from elsewhere on the command line
   */
  List<String> bugs(StyleCatalogue catalogue, List<String> further) {
    List<String> wanted = Stream.concat(bugs.stream(), further.stream()).distinct().toList();
    if (wanted.isEmpty()) {
      List<String> all = new ArrayList<>(List.of(StyledBug.CORRECT));
      catalogue.bugs().forEach(bug -> all.add(bug.name()));
      return all;
    }
    return wanted.stream()
        .map(name -> name.equals(StyledBug.CORRECT) ? name : catalogue.bug(name).name())
        .toList();
  }
}
