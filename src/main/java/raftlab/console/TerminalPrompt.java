package raftlab.console;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.widget.AutosuggestionWidgets;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.sim.SimWorld;
import raftlab.report.TerminalStyle;

/** A prompt on a terminal, with history and completion, and notifications above it. */
public final class TerminalPrompt {
  /** Narrower terminals, and those of unknown width, are treated as if they had this width. */
  private static final int MIN_WIDTH = 60;

  private final Console console;
  private final ConsoleSession session;
  private final TerminalStyle style;
  private final Terminal terminal;
  private final LineReader reader;
  private final String up;

  private TerminalPrompt(Console console, Terminal terminal) {
    this.console = console;
    this.session = console.session();
    this.style = session.output().style();
    this.terminal = terminal;
    Charset charset = terminal.encoding();
    this.up = charset != null && charset.newEncoder().canEncode('↑') ? "↑" : " up";
    DefaultParser parser = new DefaultParser();
    // The console handles backslashes itself.
    parser.setEscapeChars(null);
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .appName("raftlab")
            .terminal(terminal)
            .parser(parser)
            .completer(new TabCompletion(console))
            // Values may contain a "!".
            .option(Option.DISABLE_EVENT_EXPANSION, true)
            // The file contains only commands.
            .option(Option.HISTORY_TIMESTAMPED, false);
    Path history = history();
    if (history != null) {
      removeDuplicates(history);
      builder.variable(LineReader.HISTORY_FILE, history);
    }
    this.reader = builder.build();
    // Shows the rest of an earlier line; the right arrow key takes it.
    new AutosuggestionWidgets(reader).enable();
  }

  /** The file for the history; null if it can't be written. */
  private static @Nullable Path history() {
    Path home = Path.of(System.getProperty("user.home", ""));
    Path file = home.resolve(".raftlab_history");
    boolean writable = Files.exists(file) ? Files.isWritable(file) : Files.isWritable(home);
    return writable ? file : null;
  }

  /** Keeps the last of equal lines of earlier sessions. */
  private static void removeDuplicates(Path history) {
    try {
      if (Files.exists(history)) {
        List<String> lines = Files.readAllLines(history);
        Collections.reverse(lines);
        List<String> kept = new ArrayList<>(new LinkedHashSet<>(lines));
        Collections.reverse(kept);
        if (kept.size() < lines.size()) {
          Files.write(history, kept);
        }
      }
    } catch (IOException unreadable) {
      // Then the history has duplicates.
      return;
    }
  }

  /** Reads and runs commands until {@code quit} or Ctrl-D. */
  public static void run(Console console) throws IOException {
    // Probing the terminal would discard input that was typed ahead.
    try (Terminal terminal =
        TerminalBuilder.builder().system(true).dumb(true).graphemeCluster(false).build()) {
      keepTypedKeys(terminal);
      terminal.handle(
          Terminal.Signal.INT,
          signal -> {
            // The terminal prints ^C, and leaves the cursor behind it.
            terminal.writer().println();
            terminal.flush();
            console.stop();
          });
      new TerminalPrompt(console, terminal).run();
    }
  }

  private void run() {
    session.output().newsSink(reader::printAbove);
    session.output().setWidth(() -> Math.max(MIN_WIDTH, terminal.getSize().getColumns()));
    session.onSnapshotChange(this::refreshPrompt);
    session.setTerminal(terminal);
    printGreeting();
    while (!session.isOver()) {
      try {
        // Pasted text may have several lines.
        for (String line : reader.readLine(prompt()).split("\\R")) {
          console.execute(line, "");
        }
      } catch (UserInterruptException clearedLine) {
        continue;
      } catch (EndOfFileException leaving) {
        session.end();
      }
    }
    session.onSnapshotChange(() -> {});
    session.output().newsSink(session.output()::print);
  }

  /**
   * Keys that are typed between two prompts are for the next one. A terminal that waits for whole
   * lines may lose them when it changes its mode, and Ctrl-D with them.
   */
  private static void keepTypedKeys(Terminal terminal) {
    Attributes attributes = terminal.getAttributes();
    attributes.setLocalFlag(Attributes.LocalFlag.ICANON, false);
    attributes.setControlChar(Attributes.ControlChar.VMIN, 1);
    attributes.setControlChar(Attributes.ControlChar.VTIME, 0);
    terminal.setAttributes(attributes);
  }

  private void printGreeting() {
    String name = session.world().name();
    session
        .output()
        .print(
            style.bold("raftlab console")
                + ", "
                + (name.equals(SimWorld.NAME) ? "simulated" : name)
                + (session.world().usesWallClock()
                    ? " world."
                    : " world: time passes only while a command runs.")
                + " `start 5` starts five replicas, `start 5 --sim` simulated ones. `help` shows"
                + " all commands. New to Raft? `tour`.");
  }

  private String prompt() {
    ClusterSnapshot view = session.snapshot();
    StringBuilder text = new StringBuilder("raftlab ");
    if (!session.world().name().equals("process")) {
      text.append(session.world().name()).append(' ');
    }
    view.stoppedAtMicros()
        .ifPresent(micros -> text.append(String.format(Locale.ROOT, "%.3fs ", micros / 1e6)));
    if (!view.replicas().isEmpty()) {
      text.append(view.reachableCount()).append(up);
      text.append(view.leader().map(id -> " leader " + id).orElse(" no leader"));
      text.append(view.partitioned() ? " cut" : "");
    }
    return style.bold(text.toString().stripTrailing() + "> ");
  }

  /** Redraws the prompt when the snapshot changes. */
  private void refreshPrompt() {
    if (reader.isReading() && reader instanceof LineReaderImpl line) {
      line.setPrompt(prompt());
      line.redisplay();
    }
  }
}
