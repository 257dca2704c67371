package raftlab.console;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import raftlab.report.EventColumns;
import raftlab.report.TerminalStyle;

/**
 * The output of the console. Notifications may arrive at any time and from any thread without
 * breaking a line.
 */
public final class ConsoleOutput {
  private static final char ESCAPE = '\033';
  private static final String RESET = "\033[0m";

  private final PrintStream out;
  private final PrintStream errors;
  private final TerminalStyle style;
  private Consumer<String> newsSink;
  private @Nullable List<String> heldNews;
  private boolean muted;

  /** Takes all lines instead of the streams; null if they are printed. */
  private @Nullable CapturedOutput captured;

  private volatile IntSupplier terminalWidth = () -> Integer.MAX_VALUE;
  private volatile IntSupplier width = () -> EventColumns.DEFAULT_WIDTH;

  /**
   * An output without a prompt.
   *
   * @param errors the stream for errors
   */
  public ConsoleOutput(PrintStream out, PrintStream errors, TerminalStyle style) {
    this.out = out;
    this.errors = errors;
    this.style = style;
    this.newsSink = out::println;
  }

  /** The width in characters. */
  int width() {
    return width.getAsInt();
  }

  /** Sets where the width comes from: a terminal may be resized. */
  void setWidth(IntSupplier supplier) {
    width = supplier;
    terminalWidth = supplier;
  }

  /** Colours, if it is a terminal. */
  TerminalStyle style() {
    return style;
  }

  /** The stream for components that write by themselves. */
  PrintStream out() {
    return out;
  }

  /** Sets a printer that writes notifications above the prompt. */
  synchronized void newsSink(Consumer<String> above) {
    this.newsSink = above;
  }

  /** Prints the output of a command. */
  synchronized void print(String line) {
    if (captured != null && !muted) {
      captured.output().add(line);
    } else if (!muted) {
      out.println(line);
    }
  }

  /** Prints a line of a list; on a terminal it is cut where it would wrap. */
  void printCut(String line) {
    print(cut(line));
  }

  /** This line, cut at the width of the terminal, if there is one. */
  String cut(String line) {
    int most = terminalWidth.getAsInt();
    StringBuilder shown = new StringBuilder();
    int columns = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      int end = c == ESCAPE ? line.indexOf('m', i) : -1;
      if (end > 0) {
        shown.append(line, i, end + 1);
        i = end;
      } else if (columns == most - 1 && i < line.length() - 1) {
        return shown.append('…').append(style.terminal() ? RESET : "").toString();
      } else {
        shown.append(c);
        columns++;
      }
    }
    return line;
  }

  /** Prints an error. */
  synchronized void printError(String line) {
    if (muted) {
      return;
    }
    if (captured != null) {
      captured.errors().add(line);
      return;
    }
    // Otherwise the output of a script appears in the wrong order on a terminal.
    out.flush();
    errors.println(style.error(line));
    errors.flush();
  }

  /** Prints a notification. */
  void printNews(List<String> lines) {
    Consumer<String> where;
    synchronized (this) {
      if (muted) {
        return;
      }
      if (captured != null) {
        captured.news().addAll(lines);
        return;
      }
      if (heldNews != null) {
        heldNews.addAll(lines);
        return;
      }
      where = newsSink;
    }
    // Not under our lock: the prompt has its own.
    lines.forEach(where);
  }

  /** Keeps all lines from now on, instead of printing them; they come with the next call. */
  synchronized CapturedOutput capture() {
    CapturedOutput before = captured;
    captured = new CapturedOutput(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    return before == null ? captured : before;
  }

  /**
   * Lines that were kept.
   *
   * @param news the notifications
   */
  record CapturedOutput(List<String> output, List<String> errors, List<String> news) {}

  /** Prints nothing while commands are repeated to reach an earlier state. */
  synchronized void mute(boolean now) {
    muted = now;
  }

  /** Holds notifications back while something is drawn. */
  synchronized void holdNews() {
    heldNews = new ArrayList<>();
  }

  /** Discards the notifications that were held back. */
  synchronized void discardNews() {
    heldNews = null;
  }

  /** Prints the notifications that were held back. */
  synchronized void releaseNews() {
    List<String> waited = heldNews == null ? List.of() : heldNews;
    heldNews = null;
    waited.forEach(out::println);
  }
}
