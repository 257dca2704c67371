package raftlab.report;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.run.shrink.RunSize;
import raftlab.run.shrink.ShrinkResult;

/** Prints the result of shrinking a failing run. */
public final class ShrinkText {
  private ShrinkText() {}

  /**
   * The result as text, line by line.
   *
   * @param file the file of the shrunk scenario
   */
  public static List<String> of(ShrinkResult shrunk, Path file, TerminalStyle style) {
    List<String> lines = new ArrayList<>();
    RunSize from = shrunk.originalSize();
    lines.add(
        "From "
            + count(from.requests(), "request")
            + ", "
            + count(from.faults(), "fault")
            + ", "
            + count(from.messages(), "lost, late or doubled message")
            + ", "
            + count(from.replicas(), "replica")
            + " to "
            + count(shrunk.shrunkSize().events(), shrunk.isConcrete() ? "event" : "part")
            + " with "
            + count(shrunk.shrunkSize().replicas(), "replica")
            + ", "
            + NumberText.seconds(shrunk.shrunkSize().millis() * 1000).strip()
            + "; "
            + String.format(Locale.ROOT, "%,d runs in %.1f s.", shrunk.runs(), shrunk.seconds()));
    if (!shrunk.isConcrete()) {
      lines.add(
          "The failure needs the scenario as it is written: its own parts were left out, not single"
              + " requests and messages.");
    }
    if (shrunk.broken() > 0) {
      lines.add(style.warning("The kit failed to play " + count(shrunk.broken(), "run") + "."));
    }
    lines.add(
        shrunk.isDone()
            ? "Nothing more can be left out."
            : style.warning("The time limit was reached: a larger --seconds may leave out more."));
    lines.add("Still fails: " + shrunk.check().key() + ": " + shrunk.why());
    lines.add("It is in " + file + ". To play it:");
    lines.add("  " + command(shrunk, file));
    return lines;
  }

  private static String count(int count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }

  private static String command(ShrinkResult shrunk, Path file) {
    return ReplayCommandLine.command(shrunk.played(), shrunk.played().seed(), file);
  }

  /** The result as JSON. */
  public static JsonObject json(ShrinkResult shrunk, Path file) {
    JsonObject json = new JsonObject();
    json.addProperty("check", shrunk.check().key());
    json.addProperty("why", shrunk.why());
    json.addProperty("file", file.toString());
    json.addProperty("seed", shrunk.played().seed());
    json.add("from", size(shrunk.originalSize()));
    json.add("to", size(shrunk.shrunkSize()));
    json.addProperty("concrete", shrunk.isConcrete());
    json.addProperty("done", shrunk.isDone());
    json.addProperty("runs", shrunk.runs());
    json.addProperty("runsOfBrokenKit", shrunk.broken());
    json.addProperty("seconds", Math.round(shrunk.seconds() * 1000) / 1000.0);
    json.addProperty("again", command(shrunk, file));
    return json;
  }

  private static JsonObject size(RunSize size) {
    JsonObject json = new JsonObject();
    json.addProperty("requests", size.requests());
    json.addProperty("faults", size.faults());
    json.addProperty("messages", size.messages());
    json.addProperty("replicas", size.replicas());
    json.addProperty("seconds", size.millis() / 1000.0);
    return json;
  }
}
