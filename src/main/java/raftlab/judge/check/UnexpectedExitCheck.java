package raftlab.judge.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import raftlab.judge.invariant.CheckName;
import raftlab.trace.Event;
import raftlab.trace.FaultEffect.DiskChanged;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/**
 * Checks that no replica exits unexpectedly, and that each sends hello in time. A replica with a
 * damaged or full disk may exit.
 */
public final class UnexpectedExitCheck implements RunCheck {
  private static final String REQUIREMENT = "no replica exits unless it is killed";

  /** The number of last lines that are quoted, and the most characters of each. */
  private static final int MAX_LAST_LINES = 3;

  private static final int MAX_CHARS = 300;

  @Override
  public Verdict judge(JudgedRun run) {
    List<Event.Exited> ends = new ArrayList<>();
    List<Event.NeverReady> neverReady = new ArrayList<>();
    Set<Id> mayEnd = new HashSet<>();
    Set<Id> starting = new HashSet<>();
    Set<Event> atStart = new HashSet<>();
    int excused = 0;
    for (Event event : run.rareEvents().events()) {
      if (event instanceof Event.Effect done) {
        if (done.effect() instanceof DiskChanged disk) {
          if (disk.mayEnd()) {
            mayEnd.add(disk.replica());
          } else {
            mayEnd.remove(disk.replica());
          }
        }
      } else if (event instanceof Event.Exited exited && mayEnd.contains(exited.replica())) {
        excused++;
      } else if (event instanceof Event.Exited exited) {
        ends.add(exited);
        if (starting.contains(exited.replica())) {
          atStart.add(exited);
        }
      } else if (event instanceof Event.Started started) {
        starting.add(started.replica());
      } else if (event instanceof Event.Ready ready) {
        starting.remove(ready.replica());
      } else if (event instanceof Event.Began) {
        starting.clear();
      } else if (event instanceof Event.NeverReady never) {
        neverReady.add(never);
      }
    }
    if (!ends.isEmpty()) {
      Event.Exited first = ends.get(0);
      String text =
          "replica "
              + first.replica()
              + (atStart.contains(first) ? " exited before it sent hello," : " exited")
              + " with exit code "
              + first.exitCode();
      List<String> words = first.lastWords();
      String last =
          words.subList(Math.max(0, words.size() - MAX_LAST_LINES), words.size()).stream()
              .map(line -> PrintableText.of(line, MAX_CHARS))
              .collect(Collectors.joining(" ⏎ "));
      return Verdict.fail(
          CheckName.DIED,
          REQUIREMENT,
          words.isEmpty() ? text : text + "; its last output: " + last,
          ends);
    }
    if (!neverReady.isEmpty()) {
      Event.NeverReady first = neverReady.get(0);
      String text =
          "replica "
              + first.replica()
              + " did not send hello within "
              + first.boundMillis() / 1000
              + " s"
              + (neverReady.size() > 1 ? ", nor did " + (neverReady.size() - 1) + " more" : "");
      return Verdict.failUnlessLoaded(CheckName.DIED, REQUIREMENT, text, neverReady);
    }
    return Verdict.pass(
        CheckName.DIED,
        REQUIREMENT,
        excused == 0 ? "none exited" : "none exited except with a damaged or full disk");
  }
}
