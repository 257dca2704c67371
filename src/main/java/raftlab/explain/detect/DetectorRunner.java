package raftlab.explain.detect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import raftlab.dialect.Dialect;
import raftlab.dialect.MessageReader;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.PendingRequest;
import raftlab.explain.view.ReplicaView;
import raftlab.explain.view.StateInference;
import raftlab.judge.check.Contradiction;
import raftlab.judge.load.MachineLoad;
import raftlab.node.StateChange;
import raftlab.trace.Event;
import raftlab.trace.FaultEffect;
import raftlab.trace.ReportedState;
import raftlab.trace.Trace;

/** Reads a trace once, and shows its events to all detectors. */
public final class DetectorRunner {
  private final ClusterView cluster;
  private final Suspicions suspicions;
  private final StateInference inference = new StateInference();
  private final MessageReader reader;
  private final EarlyAckByMessagesDetector earlyAcks;
  private final DuplicateExecutionDetector duplicates;
  private final MessageMeaningCheck meaning = new MessageMeaningCheck();
  private final List<Detector> detectors;
  private final Map<Long, InFlightMessage> inFlight = new HashMap<>();
  private final Map<Long, Event.Sent> requestsInFlight = new HashMap<>();
  private final Map<String, PendingRequest> requests = new HashMap<>();

  /** Whether other processes used this machine's processors in the last sample. */
  private boolean isMachineBusy;

  private DetectorRunner(Trace trace, boolean durable, MessageReader reader) {
    cluster = new ClusterView(trace, durable);
    suspicions = new Suspicions(cluster);
    this.reader = reader;
    earlyAcks = new EarlyAckByMessagesDetector(cluster);
    duplicates = new DuplicateExecutionDetector(cluster, suspicions);
    ReadDetector reads = new ReadDetector(cluster, suspicions);
    detectors =
        List.of(
            new VoteDetector(suspicions),
            new ElectionQuorumDetector(cluster, suspicions),
            new DurabilityDetector(suspicions),
            new FollowerLogDetector(suspicions),
            new AppendReplyDetector(suspicions),
            new CommitQuorumDetector(cluster, earlyAcks, suspicions),
            new OldTermCommitDetector(suspicions),
            new StaleTermDetector(cluster, suspicions),
            reads,
            new DeposedAnswerDetector(suspicions),
            new EarlyAckDetector(suspicions),
            earlyAcks,
            new SnapshotDetector(suspicions),
            new RetransmissionDetector(cluster, suspicions),
            new InferredDurabilityDetector(suspicions),
            new UnknownPrevEntryDetector(suspicions),
            new ElectionTimeoutDetector(cluster, suspicions),
            new OversizedMessageDetector(suspicions),
            new ExitDetector(suspicions),
            new VoteCountDetector(cluster, suspicions),
            new DoubleVoteDetector(suspicions),
            new VoteRefusalDetector(cluster, suspicions),
            new PreVoteTermDetector(cluster, suspicions),
            new QuorumLossDetector(cluster, suspicions),
            new RestartDetector(suspicions),
            new CommitCountDetector(cluster, suspicions),
            new LateCommitDetector(cluster, suspicions),
            new DeposedReadDetector(cluster, reads, suspicions),
            new LateReplyDetector(cluster, reads, suspicions),
            new StoredStateDetector(suspicions),
            new TransferDetector(cluster, suspicions),
            new PreVoteDetector(cluster, suspicions),
            new NewVoterDetector(cluster, suspicions),
            new MembershipDetector(cluster, suspicions),
            duplicates,
            meaning);
  }

  /**
   * Investigates a run.
   *
   * @param durable whether replicas have storage that survives a crash
   * @param contradictions the wrong answers that clients received
   */
  public static DetectorRunner of(
      Trace trace, boolean durable, List<Contradiction> contradictions) {
    return of(trace, durable, contradictions, MessageReader.of(trace));
  }

  /** The same, with messages read by the names of their fields alone. */
  public static DetectorRunner byNames(
      Trace trace, boolean durable, List<Contradiction> contradictions) {
    return of(trace, durable, contradictions, MessageReader.byNames(trace));
  }

  private static DetectorRunner of(
      Trace trace, boolean durable, List<Contradiction> contradictions, MessageReader reader) {
    DetectorRunner investigation = new DetectorRunner(trace, durable, reader);
    for (Event event : trace.events()) {
      if (!investigation.take(event)) {
        break;
      }
    }
    investigation.detectors.forEach(Detector::ended);
    new HistoryHints(contradictions).read(investigation.suspicions, investigation.duplicates);
    return investigation;
  }

  /** The cluster at the end of the run. */
  public ClusterView cluster() {
    return cluster;
  }

  /** What was found. */
  public Suspicions suspicions() {
    return suspicions;
  }

  /** Whether reports confirm the meaning of messages. */
  public boolean isMeaningConfirmed() {
    return meaning.isConfirmed();
  }

  /** The dialect by which messages were read; empty if they were read by names. */
  public Optional<Dialect> dialect() {
    return reader.dialect();
  }

  /** Writes that were acknowledged too early by replicas that report nothing. */
  public EarlyAckByMessagesDetector earlyAcks() {
    return earlyAcks;
  }

  /** Returns whether what follows can still be judged. */
  private boolean take(Event event) {
    if (event instanceof Event.ProcessorUse use) {
      isMachineBusy = MachineLoad.isCausedByOthers(use);
    }
    if (isMachineBusy || event instanceof Event.MachineBusy) {
      // Replicas may have no processor in time, through no fault of their own.
      cluster.disturbed(event.atMicros());
    }
    if (event instanceof Event.Sent sent) {
      sent(sent);
    } else if (event instanceof Event.Delivered delivered) {
      delivered(delivered);
    } else if (event instanceof Event.Reported report) {
      reported(report);
    } else if (event instanceof Event.Dropped dropped) {
      InFlightMessage message = inFlight.get(dropped.number());
      if (message != null) {
        detectors.forEach(detector -> detector.dropped(message, dropped));
      }
    } else if (event instanceof Event.Corrupted corrupted) {
      InFlightMessage message = inFlight.remove(corrupted.number());
      if (message != null) {
        suspicions.corrupted(corrupted.atMicros());
        detectors.forEach(detector -> detector.corrupted(message));
      }
    } else if (event instanceof Event.Requested request) {
      requested(request);
    } else if (event instanceof Event.Started started) {
      return started(started);
    } else {
      disturbed(event);
    }
    return true;
  }

  private boolean started(Event.Started started) {
    boolean isRestart = cluster.started(started.replica(), started.atMicros());
    ReplicaView replica =
        Objects.requireNonNull(cluster.replica(started.replica()), "cluster.started() adds it");
    detectors.forEach(detector -> detector.started(replica, isRestart, started));
    return !isRestart || cluster.isDurable();
  }

  private void disturbed(Event event) {
    if (event instanceof Event.Crashed crashed) {
      cluster.ended(crashed.replica(), event.atMicros());
    } else if (event instanceof Event.Exited exited) {
      ReplicaView replica = cluster.replica(exited.replica());
      if (replica != null) {
        detectors.forEach(detector -> detector.exited(replica, exited));
      }
      cluster.ended(exited.replica(), event.atMicros());
    } else if (event instanceof Event.Paused paused) {
      cluster.paused(paused.replica(), true, event.atMicros());
    } else if (event instanceof Event.Resumed resumed) {
      cluster.paused(resumed.replica(), false, event.atMicros());
    } else if (event instanceof Event.Overflowed lost) {
      cluster.disturbed(lost.replica(), event.atMicros());
    } else if (event instanceof Event.Effect done) {
      if (done.effect() instanceof FaultEffect.ClockRate clock) {
        cluster.disturbed(clock.replica(), event.atMicros());
      } else if (done.effect() instanceof FaultEffect.DiskChanged disk) {
        cluster.disturbed(disk.replica(), event.atMicros());
      }
    }
  }

  private void sent(Event.Sent sent) {
    ReplicaView from = cluster.replica(sent.from());
    if (from != null && cluster.replica(sent.to()) != null) {
      InFlightMessage message = new InFlightMessage(sent, reader.read(sent), reader.hasTerm(sent));
      inFlight.put(sent.number(), message);
      for (StateChange change : inference.before(from, message)) {
        inferred(from, change, sent);
      }
      for (Detector detector : detectors) {
        detector.sent(from, message);
      }
      inference.after(from, message);
    } else if (from != null) {
      answered(from, sent);
    } else if (requests.containsKey(sent.message().mid())) {
      requestsInFlight.put(sent.number(), sent);
    }
  }

  private void answered(ReplicaView from, Event.Sent sent) {
    PendingRequest request = requests.get(sent.message().mid());
    if (request != null && request.request().replica().equals(from.id()) && request.answered()) {
      detectors.forEach(detector -> detector.answers(from, request, sent));
    }
  }

  private void delivered(Event.Delivered delivered) {
    InFlightMessage message = inFlight.get(delivered.number());
    ReplicaView to = message == null ? null : cluster.replica(message.to());
    if (message != null && to != null) {
      inference.delivered(to, message, delivered);
      cluster.delivered(to, message, delivered);
      for (Detector detector : detectors) {
        detector.delivered(to, message, delivered);
      }
      return;
    }
    Event.Sent sent = requestsInFlight.remove(delivered.number());
    ReplicaView asked = sent == null ? null : cluster.replica(sent.to());
    if (sent != null && asked != null) {
      PendingRequest request =
          Objects.requireNonNull(requests.get(sent.message().mid()), "sent() checks that");
      request.arrived(delivered.atMicros(), cluster, asked);
      detectors.forEach(detector -> detector.asked(asked, request, delivered));
    }
  }

  private void reported(Event.Reported report) {
    ReplicaView replica = cluster.replica(report.replica());
    if (replica != null && ReportedState.isComplete(report.change())) {
      for (Detector detector : detectors) {
        detector.reported(replica, report.change(), report);
      }
      cluster.changed(replica, report, true);
    }
  }

  private void inferred(ReplicaView replica, StateChange change, Event.Sent sent) {
    Event.Reported report = new Event.Reported(sent.atMicros(), replica.id(), change);
    suspicions.inferred(report, sent);
    for (Detector detector : detectors) {
      detector.reported(replica, change, report);
    }
    cluster.changed(replica, report, false);
  }

  private void requested(Event.Requested request) {
    cluster.requested(request);
    if (request.isAdministration()) {
      detectors.forEach(detector -> detector.administered(request));
    } else if (cluster.replica(request.replica()) != null) {
      requests.put(request.mid(), new PendingRequest(request));
    }
  }
}
