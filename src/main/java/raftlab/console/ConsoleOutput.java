package raftlab.console;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import raftlab.report.TerminalStyle;

/**
 * What the console writes to. News may come at any time and from any thread, and spoils no line.
 */
public final class ConsoleOutput {
  private final PrintStream out;
  private final PrintStream errors;
  private final TerminalStyle style;
  private Consumer<String> above;
  private List<String> held;

  /**
   * A screen without a prompt.
   *
   * @param errors where mistakes go
   */
  public ConsoleOutput(PrintStream out, PrintStream errors, TerminalStyle style) {
    this.out = out;
    this.errors = errors;
    this.style = style;
    this.above = out::println;
  }

  /** Colours, if it is a terminal. */
  TerminalStyle style() {
    return style;
  }

  /** For what writes by itself. */
  PrintStream out() {
    return out;
  }

  /** From now on there is a prompt, and news go above it in this way. */
  synchronized void above(Consumer<String> above) {
    this.above = above;
  }

  /** What a command has to say. */
  synchronized void say(String line) {
    out.println(line);
  }

  /** What went wrong. */
  synchronized void complain(String line) {
    // Otherwise the two streams of a script's output come out of order on a terminal.
    out.flush();
    errors.println(style.bad(line));
    errors.flush();
  }

  /** What happened by itself. */
  void news(List<String> lines) {
    Consumer<String> where;
    synchronized (this) {
      if (held != null) {
        held.addAll(lines);
        return;
      }
      where = above;
    }
    // Not under our lock: a prompt has one of its own.
    lines.forEach(where);
  }

  /** News wait from now on: something is drawn that they would spoil. */
  synchronized void hold() {
    held = new ArrayList<>();
  }

  /** News go on, with those that waited first. */
  synchronized void release() {
    List<String> waited = held == null ? List.of() : held;
    held = null;
    waited.forEach(out::println);
  }
}
