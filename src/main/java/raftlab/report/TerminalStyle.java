package raftlab.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import raftlab.judge.check.PerformanceTier;
import raftlab.judge.check.Verdict.Status;

/** Adds colours to text, on a terminal only. */
public record TerminalStyle(boolean terminal) {
  private static final String RED = "31";
  private static final String GREEN = "32";
  private static final String YELLOW = "33";
  private static final String BOLD = "1";
  private static final String FAINT = "2";

  /** The style for standard output: colours if it is a terminal and {@code NO_COLOR} isn't set. */
  public static TerminalStyle ofStdout() {
    return new TerminalStyle(isTerminal(1) && System.getenv("NO_COLOR") == null);
  }

  /**
   * Whether this file descriptor of the process is a terminal. {@code System.console()} can't be
   * used: it checks standard input and output together.
   */
  public static boolean isTerminal(int descriptor) {
    return mayBeTerminal(descriptor) && testTerminal(descriptor);
  }

  /** Whether it is a device, as far as Linux says; that saves a process for files and pipes. */
  private static boolean mayBeTerminal(int descriptor) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).startsWith("/dev");
    } catch (IOException | UnsupportedOperationException otherSystem) {
      return true;
    }
  }

  private static boolean testTerminal(int descriptor) {
    try {
      Process test =
          new ProcessBuilder("test", "-t", Integer.toString(descriptor)).inheritIO().start();
      return test.waitFor() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Formats a text with these codes of SGR. */
  String paint(String code, String text) {
    return terminal ? "\033[" + code + "m" + text + "\033[0m" : text;
  }

  /** Formats a heading. */
  public String bold(String text) {
    return paint(BOLD, text);
  }

  /** Formats secondary text. */
  public String faint(String text) {
    return paint(FAINT, text);
  }

  /** Formats an error. */
  public String error(String text) {
    return paint(RED, text);
  }

  /** Formats a success. */
  public String success(String text) {
    return paint(GREEN, text);
  }

  /** Formats a warning. */
  public String warning(String text) {
    return paint(YELLOW, text);
  }

  /** PASS, FAIL, BLOCKED or UNKNOWN, padded to this width. */
  public String status(Status status, int width) {
    String text = String.format(Locale.ROOT, "%-" + width + "s", status);
    return switch (status) {
      case PASS -> success(text);
      case FAIL -> error(text);
      case BLOCKED, UNKNOWN -> warning(text);
    };
  }

  /** A tier's name, padded to this width. */
  public String tier(PerformanceTier tier, int width) {
    String text = String.format(Locale.ROOT, "%-" + width + "s", tier.title());
    return switch (tier) {
      case BONUS, FULL -> success(text);
      case PARTIAL -> warning(text);
      case NONE -> error(text);
    };
  }
}
