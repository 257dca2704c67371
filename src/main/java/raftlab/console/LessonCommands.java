package raftlab.console;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import raftlab.console.Lesson.LessonStep;

/** Commands that teach: lessons step by step, each typed by the user and checked. */
final class LessonCommands {
  private static final int WIDTH = 78;

  /** Commands that are about the lesson, not a part of it. */
  private static final List<String> ABOUT_LESSONS =
      List.of("tour", "lesson", "next", "help", "hunt", "answer", "hint");

  private final ConsoleSession session;
  private final ConsoleOutput output;
  private final CommandRegistry.LineExecutor executor;
  private @Nullable Lesson lesson;
  private int step;

  /** Whether the setup is running. */
  private boolean preparing;

  LessonCommands(ConsoleSession session, CommandRegistry.LineExecutor executor) {
    this.session = session;
    this.output = session.output();
    this.executor = executor;
    session.afterCommand(this::afterCommand);
  }

  List<ConsoleCommand> all() {
    return List.of(
        ConsoleCommand.onReader(
            "tour",
            "learn Raft and the console in ten minutes, for newcomers",
            "tour   the same as `lesson tour`; `lesson off` ends it",
            arguments -> begin("tour")),
        ConsoleCommand.onReader(
            "lesson [NAME | FILE | off]",
            "take a lesson; without a name: show all",
            """
            lesson figure-8      the lesson figure-8
            lesson mine.lesson   a file; console.md describes the format
            lesson off           ends it
            During a lesson `next` shows the command to type, and `next --skip` runs it for you.\
            """,
            this::lesson),
        ConsoleCommand.onReader(
            "next [--skip]",
            "show the command that the lesson waits for, or run it",
            "next --skip   runs it",
            this::next));
  }

  private ConsoleCommandResult lesson(CommandArguments arguments) throws IOException {
    arguments.requireAtMost(1);
    if (arguments.remaining() == 0) {
      for (String name : Lesson.NAMES) {
        output.print(String.format(Locale.ROOT, "  %-12s%s", name, Lesson.read(name).title()));
      }
      return ConsoleCommandResult.DONE;
    }
    String name = arguments.next("a lesson").text();
    if (name.equals("off")) {
      lesson = null;
      output.print("no lesson is running");
      return ConsoleCommandResult.DONE;
    }
    return begin(name);
  }

  private ConsoleCommandResult begin(String name) throws IOException {
    Lesson chosen = Lesson.read(name);
    lesson = null;
    output.print(output.style().bold(chosen.title()));
    preparing = true;
    try {
      for (String line : chosen.setup()) {
        output.print(output.style().faint("> " + line));
        ConsoleCommandResult result = executor.execute(line, "");
        if (result != ConsoleCommandResult.DONE) {
          return result;
        }
      }
    } finally {
      preparing = false;
    }
    lesson = chosen;
    step = 0;
    printStep(chosen);
    return ConsoleCommandResult.DONE;
  }

  private LessonStep present() {
    Lesson running = lesson;
    if (running == null) {
      throw new CommandException("no lesson is running; `lesson` shows all, `tour` is the first");
    }
    return running.steps().get(step);
  }

  private ConsoleCommandResult next(CommandArguments arguments) {
    boolean skip = arguments.takeOption("--skip");
    arguments.requireAtMost(0);
    String command = present().command();
    output.print((skip ? "> " : "type: ") + output.style().bold(command));
    return skip ? executor.execute(command, "") : ConsoleCommandResult.DONE;
  }

  private void printStep(Lesson running) {
    LessonStep now = running.steps().get(step);
    output.print("");
    output.print(output.style().faint("step " + (step + 1) + " of " + running.steps().size()));
    print(now.text());
    output.print("  type: " + output.style().bold(now.command()));
  }

  private void print(List<String> text) {
    for (String line : WrappedText.lines(String.join(" ", text), WIDTH - 2)) {
      output.print("  " + line);
    }
  }

  /** Checks the step after each command. */
  private void afterCommand(String command, ConsoleCommandResult result) {
    Lesson running = lesson;
    if (running == null || preparing || ABOUT_LESSONS.contains(command)) {
      return;
    }
    LessonStep now = running.steps().get(step);
    Boolean done =
        session.onLab(
            cluster ->
                now.checks().stream().allMatch(check -> check.holds(cluster, command, result)));
    if (!Boolean.TRUE.equals(done)) {
      output.print(
          output
              .style()
              .faint("(the lesson waits for: " + now.command() + "; `lesson off` ends it)"));
      return;
    }
    print(now.after());
    step++;
    if (step < running.steps().size()) {
      printStep(running);
      return;
    }
    lesson = null;
    output.print("");
    output.print(output.style().success("The lesson is done.") + " `lesson` shows all lessons.");
  }
}
