package raftlab.dialect;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import raftlab.scenario.FileProblem;
import raftlab.trace.Trace;

/**
 * How the replicas of a run speak: which of their messages is a vote request, an append, and so on,
 * and what the fields mean. It is learned from the whole run, and tested against it: each {@link
 * Aspect} says how often the reading agreed with what happened. A reader must not conclude anything
 * from an aspect that isn't {@linkplain Certainty#PROVED proved}.
 */
public final class Dialect {
  /** A part of the reading that is tested by itself. */
  public enum Aspect {
    /** Terms of appends and vote requests. */
    TERMS("terms", "election", "elections"),
    /** Vote requests, and replies that give a vote. */
    VOTES("votes", "election", "elections"),
    /** The candidate's last index and last term. */
    CANDIDATE_LOG("candidate's log", "number in vote requests", "numbers in vote requests"),
    /** Entries and their indices. */
    ENTRIES("entries and indices", "entry", "entries"),
    /** The leader's commit index. */
    COMMIT("commit index", "step of the index", "steps of the index"),
    /** What a reply acknowledges. */
    ACKNOWLEDGEMENTS("acknowledgements", "reply", "replies");

    private final String text;
    private final String one;
    private final String several;

    Aspect(String text, String one, String several) {
      this.text = text;
      this.one = one;
      this.several = several;
    }

    /** Its name in words. */
    public String text() {
      return text;
    }

    /** What it is compared with, after this number: election, elections. */
    public String noun(int count) {
      return count == 1 ? one : several;
    }
  }

  /** How sure a reading is. */
  public enum Certainty {
    /** Nothing fits. */
    UNKNOWN,
    /** It fits what was seen, which was little. */
    LIKELY,
    /** It agreed with this run, often enough that it is no accident. */
    PROVED
  }

  private static final int MIN_ELECTIONS = 2;
  private static final int MIN_ENTRIES = 4;

  /** Many numbers rise once or twice. */
  private static final int MIN_COMMIT_STEPS = 4;

  /** This many agreements prove a reading that the names of fields contradict. */
  private static final int OFTEN = 20;

  /** Equal writes look like one entry at several places. */
  private static final double MIN_ENTRIES_SHARE = 0.9;

  private final Map<String, Role> roles;
  private final Map<Aspect, Fit> fits;
  private final Map<Long, RaftMessageView> contents;
  private final Set<Long> withTerm;
  private final FieldReadings fields;
  private final Map<String, Integer> counts;
  private final Heartbeats heartbeats;
  private final boolean isDoubtful;
  private final boolean hasExplicitVotes;
  private final boolean hasAnchoredCommits;
  private final Corrections corrections;
  private final List<FileProblem> problems;

  Dialect(
      Map<String, Role> roles,
      Map<Aspect, Fit> fits,
      Map<Long, RaftMessageView> contents,
      Set<Long> withTerm,
      FieldReadings fields,
      Map<String, Integer> counts,
      Heartbeats heartbeats,
      boolean isDoubtful,
      boolean hasExplicitVotes,
      boolean hasAnchoredCommits,
      ReplicaMessages messages) {
    this.hasExplicitVotes = hasExplicitVotes;
    this.hasAnchoredCommits = hasAnchoredCommits;
    this.roles = roles;
    this.isDoubtful = isDoubtful;
    this.fits = fits;
    this.contents = contents;
    this.withTerm = withTerm;
    this.fields = fields;
    this.counts = counts;
    this.heartbeats = heartbeats;
    corrections = messages.corrections();
    problems = messages.problems();
  }

  /**
   * Learns from the messages of a run, with the corrections beside the replicas' program. Never
   * fails.
   */
  public static Dialect of(Trace trace) {
    return of(trace, CorrectionFile.of(trace.header()));
  }

  /**
   * Learns from the messages of a run alone, whatever a file says; empty if appends and their terms
   * can't be recognized. Never fails.
   */
  public static Optional<Dialect> withoutCorrections(Trace trace) {
    return Optional.of(of(trace, Corrections.NONE)).filter(Dialect::isUsable);
  }

  /** Learns from the messages of a run what a file does not say. Never fails. */
  public static Dialect of(Trace trace, Corrections corrections) {
    return corrections.equals(Corrections.NONE)
        ? trace.derived(Dialect.class, its -> learn(its, Corrections.NONE))
        : learn(trace, corrections);
  }

  private static Dialect learn(Trace trace, Corrections corrections) {
    ReplicaMessages messages = ReplicaMessages.of(trace, corrections);
    Dialect byNames = new DialectLearner(messages).learn();
    if (!messages.hasLeftOutByName() || byNames.hasProvedAll()) {
      return byNames;
    }
    // A replica may call its fields anything: but then the run must prove it.
    messages.ignoreNames();
    Dialect byNumbers = new DialectLearner(messages).learn();
    return byNumbers.provedOften() > byNames.provedOften() ? byNumbers : byNames;
  }

  private boolean hasProvedAll() {
    return Arrays.stream(Aspect.values()).allMatch(aspect -> certainty(aspect) == Certainty.PROVED);
  }

  /** How many aspects have agreed with the run in enough places that names don't matter. */
  private long provedOften() {
    return Arrays.stream(Aspect.values())
        .filter(aspect -> certainty(aspect) == Certainty.PROVED)
        .filter(
            aspect -> aspect == Aspect.TERMS || aspect == Aspect.VOTES || agreed(aspect) >= OFTEN)
        .count();
  }

  /** The role of each kind of message. */
  public Map<String, Role> roles() {
    return Map.copyOf(roles);
  }

  /** The fields whose meaning was learned. */
  public List<FieldReading> fields() {
    return fields.all();
  }

  /** The index that the replicas give to the first entry of a log; empty if it isn't known. */
  public OptionalLong firstIndex() {
    return fields.firstIndex();
  }

  /** How many messages of a kind were sent. */
  public int count(String kind) {
    return counts.getOrDefault(kind, 0);
  }

  /** The file with corrections, as the user named it; empty if there is none. */
  public String correctionFile() {
    return corrections.file();
  }

  /** Types and fields of that file that no message of the run has. */
  public List<FileProblem> problems() {
    return problems;
  }

  /** AppendEntries without entries. */
  public Heartbeats heartbeats() {
    return heartbeats;
  }

  /** How sure the reading of an aspect is. */
  public Certainty certainty(Aspect aspect) {
    Certainty tested = tested(aspect);
    return tested == Certainty.PROVED && isDoubtful ? Certainty.LIKELY : tested;
  }

  private Certainty tested(Aspect aspect) {
    Fit fit = fits.getOrDefault(aspect, new Fit());
    if (aspect == Aspect.VOTES || aspect == Aspect.TERMS) {
      // Elections are few, and a bug may spoil some of them.
      boolean isProved =
          !fit.isAmbiguous()
              && fit.agreed() >= MIN_ELECTIONS
              && 3 * fit.agreed() >= 2 * fit.total();
      return isProved
          ? Certainty.PROVED
          : 2 * fit.agreed() >= Math.max(1, fit.total()) ? Certainty.LIKELY : Certainty.UNKNOWN;
    }
    boolean isProved =
        aspect == Aspect.ENTRIES
            ? !fit.isAmbiguous() && fit.agreed() >= MIN_ENTRIES && fit.share() >= MIN_ENTRIES_SHARE
            : fit.isProved();
    boolean isLikely =
        fit.isLikely() && (aspect != Aspect.COMMIT || fit.agreed() >= MIN_COMMIT_STEPS);
    return isProved ? Certainty.PROVED : isLikely ? Certainty.LIKELY : Certainty.UNKNOWN;
  }

  /** How often the reading of an aspect agreed with what happened. */
  public int agreed(Aspect aspect) {
    return fits.getOrDefault(aspect, new Fit()).agreed();
  }

  /** How often the reading of an aspect was compared with what happened. */
  public int compared(Aspect aspect) {
    return fits.getOrDefault(aspect, new Fit()).total();
  }

  /**
   * Whether replies give or refuse votes, with the voter's term, and there is no sign of pre-votes,
   * which may be given twice in a term.
   */
  public boolean hasExplicitVotes() {
    return hasExplicitVotes;
  }

  /** Whether answers to clients confirm what the commit index means. */
  public boolean hasAnchoredCommits() {
    return hasAnchoredCommits;
  }

  /** Whether appends and their terms were recognized, so that this reading can be used at all. */
  public boolean isUsable() {
    return roles.containsValue(Role.APPEND) && certainty(Aspect.TERMS) != Certainty.UNKNOWN;
  }

  /**
   * The content of a message with this number, indices counted from 1; {@link
   * RaftMessageView.Other} if it isn't understood.
   */
  public RaftMessageView read(long number) {
    RaftMessageView content = contents.get(number);
    return content == null ? new RaftMessageView.Other(RaftMessageView.UNKNOWN) : content;
  }

  /** Whether a message with this number has its sender's term. */
  public boolean hasTerm(long number) {
    return withTerm.contains(number);
  }
}
