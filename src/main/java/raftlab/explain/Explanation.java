package raftlab.explain;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import raftlab.explain.Clues.Clue;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.judge.Judgement;
import raftlab.judge.check.Contradiction;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/**
 * Finds the likely cause of a failure. What surely no correct replica does comes before what is
 * only unusual, and the first of several before later ones, which it may well have led to.
 */
public final class Explanation {
  private Explanation() {}

  /** The likely cause; empty for a run that passed. Never fails, whatever the trace looks like. */
  public static Optional<LikelyCause> of(Scenario scenario, Trace trace, Judgement judgement) {
    if (judgement.status() == Status.PASS) {
      return Optional.empty();
    }
    Scene scene = new Scene(trace, scenario.needsStorage());
    Clues clues = new Clues();
    EarlyAnswers early = new EarlyAnswers(scene);
    ReadingProof proof = investigate(scene, clues, judgement.contradictions(), early);
    List<Clue> believed = proof.isProved() ? clues.all() : Misreading.believed(clues, judgement);
    return Optional.of(
        first(believed, Certainty.CERTAIN)
            .or(() -> early.of(judgement))
            .or(() -> ofVerdicts(judgement))
            .or(() -> first(believed, Certainty.LIKELY))
            .orElseGet(() -> usual(scene, judgement)));
  }

  /**
   * The first thing that surely no correct replica does, of a run that passed. None if the system
   * dropped messages of a replica before the kit had seen them: then too little is known.
   */
  public static Optional<LikelyCause> suspicion(Scenario scenario, Trace trace) {
    boolean isWhole =
        trace.events().stream()
            .noneMatch(event -> event instanceof Event.Overflowed lost && lost.byKit() > 0);
    if (!isWhole) {
      return Optional.empty();
    }
    Clues clues = new Clues();
    Scene scene = new Scene(trace, scenario.needsStorage());
    ReadingProof proof = investigate(scene, clues, List.of(), new EarlyAnswers(scene));
    return first(proof.isProved() ? clues.all() : Misreading.independent(clues), Certainty.CERTAIN);
  }

  /** All that surely no correct replica does, if messages mean what they seem to: for tests. */
  static List<LikelyCause> certain(Scenario scenario, Trace trace) {
    Clues clues = new Clues();
    Scene scene = new Scene(trace, scenario.needsStorage());
    investigate(scene, clues, List.of(), new EarlyAnswers(scene));
    return sorted(clues.all(), Certainty.CERTAIN).stream().map(Clue::cause).toList();
  }

  /** All that a correct replica hardly ever does: for tests. */
  static List<LikelyCause> likely(Scenario scenario, Trace trace) {
    Clues clues = new Clues();
    Scene scene = new Scene(trace, scenario.needsStorage());
    investigate(scene, clues, List.of(), new EarlyAnswers(scene));
    return sorted(clues.all(), Certainty.LIKELY).stream().map(Clue::cause).toList();
  }

  /** Looks for clues; returns whether messages are understood. */
  private static ReadingProof investigate(
      Scene scene, Clues clues, List<Contradiction> contradictions, EarlyAnswers early) {
    Replays replays = new Replays(scene);
    ReadingProof proof = new ReadingProof();
    List<Detector> detectors =
        List.of(
            new Ballots(scene, clues),
            new Elections(scene, clues),
            new Memory(scene, clues),
            new Obedience(scene, clues),
            new Agreeing(scene, clues),
            new Counting(scene, clues),
            new Obsolescence(scene, clues),
            new Reading(scene, clues),
            new Acknowledging(scene, clues),
            early,
            new SnapshotRules(scene, clues),
            new Reconfiguring(scene, clues),
            new Persistence(scene, clues),
            new Recollection(scene, clues),
            new Possession(scene, clues),
            new Timeouts(scene, clues),
            new VoteTimer(scene, clues),
            new Sizes(scene, clues),
            new LastWords(scene, clues),
            replays,
            proof);
    new Investigation(scene, clues, detectors).follow(scene.trace());
    new Telling(contradictions).read(clues, replays);
    return proof;
  }

  private static boolean isLedTo(String name, List<Clue> clues) {
    return clues.stream()
        .anyMatch(clue -> LEAD_TO.getOrDefault(clue.cause().name(), Set.of()).contains(name));
  }

  private static List<Clue> sorted(List<Clue> clues, Certainty certainty) {
    return clues.stream()
        .filter(clue -> clue.cause().certainty() == certainty)
        .filter(clue -> !isLedTo(clue.cause().name(), clues))
        .sorted(Comparator.comparingLong(Clue::atMicros))
        .toList();
  }

  /** Mistakes that show in others as well: whoever reads anywhere also reads too early. */
  private static final Map<String, Set<String>> LEAD_TO =
      Map.of(
          "reads-anywhere",
          Set.of("reads-before-own-commit", "reads-without-majority", "lease-too-long"));

  private static Optional<LikelyCause> first(List<Clue> clues, Certainty certainty) {
    return sorted(clues, certainty).stream().map(Clue::cause).findFirst();
  }

  /** What the messages proved by themselves, of replicas that report nothing. */
  private static Optional<LikelyCause> ofVerdicts(Judgement judgement) {
    for (Verdict verdict : judgement.verdicts()) {
      if (verdict.status() != Status.FAIL) {
        continue;
      }
      if (verdict.check().equals("blind_read")) {
        return Optional.of(
            Telling.ofVerdict(
                verdict,
                "reads-without-majority",
                "a leader must make sure that it still leads before it answers a read (a round of"
                    + " messages to a majority, or a lease shorter than the election timeout).",
                Certainty.LIKELY));
      }
    }
    return Optional.empty();
  }

  private static LikelyCause usual(Scene scene, Judgement judgement) {
    List<Contradiction> wrong = judgement.contradictions();
    Verdict first = judgement.decisive();
    boolean isOfAnswers = first.check().equals("incorrect") || first.check().equals("linearizable");
    return !wrong.isEmpty() && isOfAnswers
        ? Telling.usual(wrong.get(0), isStillThere(scene, wrong.get(0)))
        : Symptoms.usual(first, scene.trace());
  }

  /**
   * Whether most replicas report a log that still has the newest write that the answers tell of.
   */
  private static boolean isStillThere(Scene scene, Contradiction wrong) {
    Event.Requested newest = null;
    for (Event event : wrong.evidence()) {
      if (event instanceof Event.Requested request && request.value() != null) {
        newest = request;
      }
    }
    int have = 0;
    int members = 0;
    for (Subject subject : scene.subjects()) {
      members++;
      have += newest != null && has(subject, newest.value()) ? 1 : 0;
    }
    return 2 * have > members;
  }

  private static boolean has(Subject who, String value) {
    for (long index = who.log.lastIndex(); index > who.log.base() && !value.isEmpty(); index--) {
      if (who.log.commandAt(index).contains(value)) {
        return true;
      }
    }
    return false;
  }
}
