package raftlab.explain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.trace.FaultEffect;
import raftlab.trace.Trace;

/** Goes through a trace once, and shows each detector what concerns it. */
final class Investigation {
  private final Scene scene;
  private final Clues clues;
  private final Inference inference = new Inference();
  private final List<Detector> detectors;
  private final MessageTypes types;
  private final Map<Long, Letter> underWay = new HashMap<>();
  private final Map<Long, Event.Sent> asked = new HashMap<>();
  private final Map<String, Question> questions = new HashMap<>();

  Investigation(Scene scene, Clues clues, List<Detector> detectors) {
    this.scene = scene;
    this.clues = clues;
    this.detectors = List.copyOf(detectors);
    this.types = MessageTypes.of(scene.trace());
  }

  void follow(Trace trace) {
    long last = 0;
    for (Event event : trace.events()) {
      last = event.atMicros();
      if (!take(event)) {
        break;
      }
    }
    for (Detector detector : detectors) {
      detector.ended(last);
    }
  }

  /** Returns whether what follows can still be judged. */
  private boolean take(Event event) {
    if (event instanceof Event.Sent sent) {
      sent(sent);
    } else if (event instanceof Event.Delivered delivered) {
      delivered(delivered);
    } else if (event instanceof Event.Reported report) {
      reported(report);
    } else if (event instanceof Event.Dropped dropped) {
      Letter letter = underWay.get(dropped.number());
      if (letter != null) {
        detectors.forEach(detector -> detector.dropped(letter, dropped));
      }
    } else if (event instanceof Event.Corrupted corrupted) {
      // What its receiver reads in it isn't known.
      Letter letter = underWay.remove(corrupted.number());
      if (letter != null) {
        detectors.forEach(detector -> detector.damaged(letter));
      }
    } else if (event instanceof Event.Requested request) {
      requested(request);
    } else if (event instanceof Event.Started started) {
      return started(started);
    } else {
      trouble(event);
    }
    return true;
  }

  private boolean started(Event.Started started) {
    boolean again = scene.started(started.replica(), started.atMicros());
    Subject who = scene.subject(started.replica());
    for (Detector detector : detectors) {
      detector.started(who, again, started);
    }
    return !again || scene.isDurable();
  }

  private void trouble(Event event) {
    if (event instanceof Event.Crashed crashed) {
      scene.ended(crashed.replica(), event.atMicros());
    } else if (event instanceof Event.Exited exited) {
      Subject who = scene.subject(exited.replica());
      if (who != null) {
        detectors.forEach(detector -> detector.exited(who, exited));
      }
      scene.ended(exited.replica(), event.atMicros());
    } else if (event instanceof Event.Paused paused) {
      scene.paused(paused.replica(), true, event.atMicros());
    } else if (event instanceof Event.Resumed resumed) {
      scene.paused(resumed.replica(), false, event.atMicros());
    } else if (event instanceof Event.Effect done) {
      if (done.effect() instanceof FaultEffect.ClockRate clock) {
        scene.troubled(clock.replica(), event.atMicros());
      } else if (done.effect() instanceof FaultEffect.DiskChanged disk) {
        scene.troubled(disk.replica(), event.atMicros());
      }
    }
  }

  private void sent(Event.Sent sent) {
    Subject from = scene.subject(sent.from());
    if (from != null && scene.subject(sent.to()) != null) {
      Letter letter = new Letter(sent, types.read(sent.message()));
      underWay.put(sent.number(), letter);
      for (StateChange change : inference.before(from, letter)) {
        inferred(from, change, sent);
      }
      for (Detector detector : detectors) {
        detector.sent(from, letter);
      }
      inference.after(from, letter);
    } else if (from != null) {
      answers(from, sent);
    } else if (questions.get(sent.message().mid()) != null) {
      asked.put(sent.number(), sent);
    }
  }

  private void answers(Subject from, Event.Sent sent) {
    Question question = questions.get(sent.message().mid());
    boolean isFirst = question != null && !question.isAnswered;
    if (isFirst && question.request.replica().equals(from.id)) {
      question.isAnswered = true;
      for (Detector detector : detectors) {
        detector.answers(from, question, sent);
      }
    }
  }

  private void delivered(Event.Delivered delivered) {
    Letter letter = underWay.get(delivered.number());
    Subject to = letter == null ? null : scene.subject(letter.to());
    if (to != null) {
      inference.delivered(to, letter, delivered);
      scene.delivered(to, letter, delivered);
      for (Detector detector : detectors) {
        detector.delivered(to, letter, delivered);
      }
      return;
    }
    Event.Sent request = asked.remove(delivered.number());
    Subject whom = request == null ? null : scene.subject(request.to());
    if (whom != null) {
      Question question = questions.get(request.message().mid());
      question.arrived(delivered.atMicros(), scene.ledTerm(), whom.depositions);
      for (Detector detector : detectors) {
        detector.asked(whom, question, delivered);
      }
    }
  }

  private void reported(Event.Reported report) {
    Subject who = scene.subject(report.replica());
    if (who == null || !isWhole(report.change())) {
      return;
    }
    for (Detector detector : detectors) {
      detector.reported(who, report.change(), report);
    }
    scene.reported(who, report.change(), report);
  }

  /** Stored traces may hold anything. */
  private static boolean isWhole(StateChange change) {
    if (change instanceof Voted vote) {
      return vote.candidate() != null;
    } else if (change instanceof RoleChanged now) {
      return now.role() != null && now.leader() != null;
    } else if (change instanceof Restored found) {
      return found.votedFor() != null;
    }
    return change != null;
  }

  /** The message stands for the report that wasn't made. */
  private void inferred(Subject who, StateChange change, Event.Sent sent) {
    Event.Reported report = new Event.Reported(sent.atMicros(), who.id, change);
    clues.standsFor(report, sent);
    for (Detector detector : detectors) {
      detector.reported(who, change, report);
    }
    scene.apply(who, change, report);
  }

  private void requested(Event.Requested request) {
    scene.requested(request);
    if (!request.isAdministration() && scene.subject(request.replica()) != null) {
      questions.put(request.mid(), new Question(request));
    }
  }
}
