package raftlab.report;

import org.jspecify.annotations.Nullable;
import raftlab.judge.load.MachineLoad;
import raftlab.trace.Event;
import raftlab.wire.Message;
import raftlab.wire.PrintableText;

/** Describes an event in one line. */
public final class EventText {
  /** The most characters shown of a malformed message. */
  private static final int MAX_CHARS = 200;

  private EventText() {}

  /** One line without its time; null for events that aren't shown one by one (messages). */
  public static @Nullable String of(Event event) {
    if (event instanceof Event.Fault fault) {
      return fault.what() + ": " + fault.how();
    } else if (event instanceof Event.FaultHeld held) {
      return held.what() + (held.forGood() ? " was not executed: " : " has to wait: ") + held.why();
    } else if (event instanceof Event.LeaderKnown known) {
      return known.leader().isBroadcast()
          ? "no leader is known"
          : "the leader is " + known.leader();
    } else if (event instanceof Event.Exited exited) {
      return "replica "
          + exited.replica()
          + " exited unexpectedly with exit code "
          + exited.exitCode();
    } else if (event instanceof Event.NeverReady never) {
      return "replica "
          + never.replica()
          + " did not send hello within "
          + never.boundMillis() / 1000
          + " s";
    } else if (event instanceof Event.Malformed bad) {
      return "replica "
          + bad.replica()
          + " sent a malformed message: "
          + PrintableText.of(bad.complaint(), MAX_CHARS)
          + ": "
          + PrintableText.of(bad.quote(), MAX_CHARS);
    } else if (event instanceof Event.PassedOver passed) {
      return passed.description();
    } else if (event instanceof Event.Overflowed overflow) {
      return overflow.description();
    } else if (event instanceof Event.HarnessLate late) {
      return "the kit was late by " + NumberText.millis(late.lateMicros() / 1000.0);
    } else if (event instanceof Event.Requested request) {
      return request(request);
    } else if (event instanceof Event.Answered answer) {
      return "replica "
          + answer.replica()
          + " answers client "
          + answer.client()
          + ": "
          + answer.type()
          + (answer.value() == null ? "" : " = " + value(answer.value()))
          + (answer.type().equals(Message.REDIRECT) ? " to " + answer.leader() : "")
          + mid(answer.mid());
    } else if (event instanceof Event.Reported report) {
      return "replica " + report.replica() + " " + StateChangeText.of(report.change());
    } else if (event instanceof Event.Noted note) {
      return "replica " + note.replica() + " notes: " + PrintableText.of(note.text(), MAX_CHARS);
    } else if (event instanceof Event.Paused paused) {
      return "replica " + paused.replica() + " was paused";
    } else if (event instanceof Event.Resumed resumed) {
      return "replica " + resumed.replica() + " was resumed";
    } else if (event instanceof Event.ProcessorUse use) {
      return MachineLoad.isCausedByOthers(use)
          ? "a process waited for a processor in "
              + use.waiting()
              + " % of the time, while processes other than the replicas used "
              + (use.all() - use.usedByReplicas()) / use.processors()
              + " % of all processors"
          : null;
    } else if (event instanceof Event.MachineBusy busy) {
      return "a process waited for a processor in " + busy.percent() + " % of the time";
    } else if (event instanceof Event.Effect done) {
      return EffectText.of(done.effect());
    } else if (event instanceof Event.Step step) {
      return step(step);
    } else if (event instanceof Event.GetNotGenerated missing) {
      return "client " + missing.client() + " had no key to read, so it sent a put";
    } else if (event instanceof Event.Ended ended) {
      return "the run ended: "
          + ended.why().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
    return null;
  }

  private static String step(Event.Step step) {
    String which = "step " + step.number() + (step.round() > 1 ? ", round " + step.round() : "");
    return switch (step.phase()) {
      case BEGAN -> which + ": " + step.text();
      case DONE -> which + " is done: " + step.text();
      case FAILED -> which + " failed: " + step.description();
      case BLOCKED -> "blocked: " + which + ": " + step.description();
    };
  }

  private static String request(Event.Requested request) {
    String whom = " asks replica " + request.replica() + ": " + request.type();
    String about = request.key() == null ? "" : " " + PrintableText.of(request.key(), 12);
    if (request.isAdministration()) {
      return "the operator (" + request.client() + ")" + whom + about + mid(request.mid());
    }
    return "client "
        + request.client()
        + whom
        + about
        + (request.expect() == null ? "" : " from " + value(request.expect()))
        + (request.value() == null
            ? ""
            : (request.expect() == null ? " = " : " to ") + value(request.value()))
        + mid(request.mid());
  }

  private static String value(String value) {
    return value.isEmpty() ? "\"\"" : PrintableText.of(value, 12);
  }

  private static String mid(String mid) {
    return " (MID " + mid + ")";
  }

  /** Whether an event is shown while a run is in progress. */
  static boolean isNews(Event event) {
    return event instanceof Event.Fault
        || event instanceof Event.FaultHeld
        || event instanceof Event.LeaderKnown
        || event instanceof Event.Exited
        || event instanceof Event.NeverReady
        || event instanceof Event.PassedOver
        || event instanceof Event.Overflowed;
  }
}
