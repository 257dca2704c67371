package raftlab.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import raftlab.bugs.StyleCatalogue;
import raftlab.explain.LikelyCause;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;
import raftlab.suite.BugHunt;
import raftlab.suite.CauseReview;
import raftlab.suite.CauseReview.Result;
import raftlab.suite.StyledBug;

/** Prints a matrix of bugs and styles, and the wrong causes. */
public final class StyleMatrixText implements BugHunt.HuntListener<StyledBug> {
  /** The result for one replica; the hunt is null if nothing was played. */
  record Cell(StyledBug replica, Result result, BugHunt.@Nullable BugHuntResult hunt) {
    List<RunOutcome> wrong() {
      return hunt == null ? List.of() : CauseReview.wrong(replica, hunt);
    }
  }

  private static final String CLEAR = "\r\033[K";

  private final PrintStream out;
  private final TerminalStyle style;
  private final Map<String, String> columns;
  private final List<String> bugs;
  private final int wanted;
  private final int nameWidth;
  private final long fromNanos = System.nanoTime();
  private final Map<StyledBug, Cell> cells = new LinkedHashMap<>();
  private final List<String> notPlayed = new ArrayList<>();
  private int played;

  /**
   * Has printed nothing yet.
   *
   * @param bugs the rows: names of bugs, or {@link StyledBug#CORRECT}
   * @param styles the columns
   * @param wanted the number of replicas that will be played
   */
  public StyleMatrixText(
      PrintStream out, TerminalStyle style, List<String> bugs, List<String> styles, int wanted) {
    this.out = out;
    this.style = style;
    this.bugs = List.copyOf(bugs);
    this.columns = ColumnNames.of(styles);
    this.wanted = wanted;
    nameWidth = bugs.stream().mapToInt(String::length).max().orElse(1);
  }

  /** Prints all styles and bugs with their descriptions. */
  public static void list(PrintStream out, StyleCatalogue catalogue) {
    out.println("Styles");
    catalogue.styles().forEach(each -> out.println(listed(each.name(), each.description())));
    out.println();
    out.println("Bugs");
    catalogue.bugs().forEach(each -> out.println(listed(each.name(), each.description())));
  }

  private static String listed(String name, String description) {
    return String.format(Locale.ROOT, "  %-26s %s", name, description);
  }

  /** Prints the title. */
  public void begin(String how) {
    out.println(style.bold("Planted bugs, in styles") + "  " + style.faint(how));
  }

  /** A bug that isn't possible in this style. */
  public synchronized void addImpossible(StyledBug replica) {
    cells.put(replica, new Cell(replica, Result.NOT_APPLICABLE, null));
  }

  @Override
  public synchronized void add(StyledBug replica, BugHunt.BugHuntResult hunt) {
    Cell cell = new Cell(replica, CauseReview.of(replica, hunt), hunt);
    cells.put(replica, cell);
    played++;
    double seconds = (System.nanoTime() - fromNanos) / 1e9;
    String progress =
        String.format(
            Locale.ROOT,
            "[%d/%d] %s  %s: %s%s",
            played,
            wanted,
            replica.style(),
            replica.bugName(),
            cell.result().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            played == wanted
                ? ""
                : ", about "
                    + SuiteProgress.duration(seconds / played * (wanted - played))
                    + " left");
    if (style.terminal()) {
      out.print(CLEAR + style.faint(progress));
    } else {
      out.println(progress);
      printWrong(cell);
    }
    out.flush();
  }

  @Override
  public synchronized void notPlayed(StyledBug replica, String why) {
    notPlayed.add(replica.style() + " " + replica.bugName() + ": " + why);
  }

  /** Prints the matrix, the totals and the wrong causes. */
  public synchronized void end() {
    out.print(style.terminal() ? CLEAR : "");
    int width = columns.values().stream().mapToInt(String::length).max().orElse(1);
    out.println();
    out.println(
        style.faint(
            row("", columns.values().stream().map(each -> pad(each, width)).toList())
                .stripTrailing()));
    for (String bug : bugs) {
      out.println(
          row(bug, columns.keySet().stream().map(each -> sign(bug, each, width)).toList())
              .stripTrailing());
    }
    out.println();
    out.println(
        "Columns  "
            + columns.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", ")));
    out.println(
        "Signs    "
            + Arrays.stream(Result.values())
                .map(each -> each.sign() + " " + each.meaning())
                .collect(Collectors.joining("\n         ")));
    out.println();
    totals();
    out.println();
    cells.values().forEach(this::printWrong);
    notPlayed.forEach(each -> out.println(style.error("not played: " + each)));
  }

  private void totals() {
    Map<Result, Integer> counts = new EnumMap<>(Result.class);
    int correct = 0;
    int passed = 0;
    for (Cell cell : cells.values()) {
      if (cell.replica().bug().isPresent()) {
        counts.merge(cell.result(), 1, Integer::sum);
      } else {
        correct++;
        passed += cell.result() == Result.RIGHT_CAUSE ? 1 : 0;
      }
    }
    String text =
        Arrays.stream(Result.values())
            .filter(counts::containsKey)
            .map(
                each ->
                    counts.get(each) + " " + each.name().toLowerCase(Locale.ROOT).replace('_', ' '))
            .collect(Collectors.joining(", "));
    if (!text.isEmpty()) {
      out.println(style.bold("Bugs") + "     " + text);
    }
    if (correct > 0) {
      out.println(style.bold("Correct") + "  " + passed + " of " + correct + " passed");
    }
    if (played < wanted) {
      out.println("interrupted, " + (wanted - played) + " not played");
    }
  }

  /** Prints the wrong runs of a replica, each with its cause. */
  private void printWrong(Cell cell) {
    for (RunOutcome run : cell.wrong()) {
      out.println(
          style.error(kind(run))
              + "  "
              + cell.replica().style()
              + "  "
              + cell.replica().bugName()
              + "  "
              + BugsText.nameOf(run.scenario())
              + " seed "
              + run.played().seed()
              + "  "
              + shownCause(run));
      run.cause().or(run::suspicion).ifPresent(cause -> out.println("      " + cause.text()));
      if (run.status() != Status.PASS) {
        out.println(style.faint("      " + run.judgement().reason()));
      }
    }
  }

  /** How a wrong result shows. */
  static String kind(RunOutcome run) {
    return switch (run.status()) {
      case PASS -> "suspicion";
      case BLOCKED -> "blocked";
      case FAIL, UNKNOWN -> "failure";
    };
  }

  private static String shownCause(RunOutcome run) {
    return run.cause().or(run::suspicion).map(StyleMatrixText::shown).orElse("no cause");
  }

  private static String shown(LikelyCause cause) {
    return cause.name() + " (" + cause.certainty().name().toLowerCase(Locale.ROOT) + ")";
  }

  private String sign(String bug, String styleName, int width) {
    for (Cell cell : cells.values()) {
      if (cell.replica().style().equals(styleName) && cell.replica().bugName().equals(bug)) {
        String text = pad(Character.toString(cell.result().sign()), width);
        return switch (cell.result()) {
          case RIGHT_CAUSE -> style.success(text);
          case FALSE_CAUSE -> style.error(text);
          case NOT_CAUGHT, UNKNOWN -> style.warning(text);
          case NO_CAUSE, NOT_APPLICABLE -> text;
        };
      }
    }
    return pad("", width);
  }

  private String row(String name, List<String> shown) {
    return "  " + pad(name, nameWidth) + "  " + String.join(" ", shown);
  }

  private static String pad(String text, int width) {
    return String.format(Locale.ROOT, "%-" + width + "s", text);
  }

  /** Whether a cause was false, a correct replica did not pass, or one could not be played. */
  public synchronized boolean isAnyWrong() {
    return !notPlayed.isEmpty()
        || cells.values().stream().anyMatch(cell -> cell.result() == Result.FALSE_CAUSE);
  }

  /** The results, in the order in which they came. */
  synchronized List<Cell> cells() {
    return List.copyOf(cells.values());
  }
}
