package raftlab.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Collects the fields whose meaning was learned, for people. */
final class FieldReadings {
  private final TermLearner terms;
  private final EntryLearner entries;
  private final PreviousTermLearner previousTerms;
  private final CommitLearner commits;
  private final VoteLearner votes;
  private final ReplyLearner replies;
  private final CandidateLogLearner logs;
  private final OptionalLong firstIndex;
  private final List<FieldReading> all = new ArrayList<>();

  FieldReadings(
      ReplicaMessages messages,
      TermLearner terms,
      EntryLearner entries,
      PreviousTermLearner previousTerms,
      CommitLearner commits,
      VoteLearner votes,
      ReplyLearner replies,
      CandidateLogLearner logs) {
    this.terms = terms;
    this.entries = entries;
    this.previousTerms = previousTerms;
    this.commits = commits;
    this.votes = votes;
    this.replies = replies;
    this.logs = logs;
    firstIndex =
        messages.kinds().stream()
            .map(entries::format)
            .filter(format -> format != null && !format.positionPath().isEmpty())
            .mapToLong(EntryFormat::firstIndex)
            .findFirst();
    messages.kinds().forEach(this::collect);
  }

  /** All fields, by kind. */
  List<FieldReading> all() {
    return List.copyOf(all);
  }

  /** The index that the replicas give to the first entry of a log; empty if it isn't known. */
  OptionalLong firstIndex() {
    return firstIndex;
  }

  private void collect(String kind) {
    add(kind, FieldMeaning.TERM, terms.path(kind));
    CandidateLogLearner.Field last = logs.indexField(kind);
    if (last != null) {
      add(kind, FieldMeaning.LAST_INDEX, shifted(last.path(), -last.ofEmptyLog()));
    }
    CandidateLogLearner.Field lastTerm = logs.termField(kind);
    add(kind, FieldMeaning.LAST_TERM, lastTerm == null ? null : lastTerm.path());
    VoteLearner.PreVoteFlag pre = votes.preVote(kind);
    add(kind, FieldMeaning.PRE_VOTE, pre == null ? null : preVote(pre));
    votes.grants().stream()
        .filter(each -> each.kind().equals(kind))
        .forEach(each -> add(kind, FieldMeaning.VOTE_GRANTED, outcome(each)));
    EntryFormat format = entries.format(kind);
    if (format != null) {
      add(kind, FieldMeaning.ENTRIES, format.listPath());
      add(
          kind,
          format.isOfFirstEntry() ? FieldMeaning.ENTRY_INDEX : FieldMeaning.PREVIOUS_INDEX,
          format.positionPath());
    }
    add(kind, FieldMeaning.PREVIOUS_TERM, previousTerms.path(kind));
    CommitLearner.Format commit = commits.format(kind);
    if (commit != null) {
      add(kind, FieldMeaning.COMMIT_INDEX, shifted(commit.path(), commit.offset()));
    }
    ReplyOutcome rejection = replies.rejection(kind);
    add(kind, FieldMeaning.REJECTED, rejection == null ? null : outcome(rejection));
    ReplyLearner.Acknowledgement match = replies.acknowledgement(kind);
    if (match != null) {
      add(kind, FieldMeaning.MATCH_INDEX, shifted(match.path(), match.offset()));
    }
    add(kind, FieldMeaning.ECHO, replies.echoPath(kind));
  }

  private static String outcome(ReplyOutcome outcome) {
    return outcome.path() == null ? "always" : outcome.path() + " = " + outcome.value();
  }

  /** The index as the replicas count: what must be added to the field to have the index. */
  private String shifted(String path, long offset) {
    long difference = offset - (1 - firstIndex.orElse(1));
    return difference == 0 ? path : path + (difference > 0 ? " + " : " - ") + Math.abs(difference);
  }

  private void add(String kind, FieldMeaning meaning, @Nullable String field) {
    if (field != null && !field.isEmpty()) {
      all.add(new FieldReading(kind, meaning, field));
    }
  }

  /** The field of pre-votes: a truth value, or any value that real requests don't have. */
  private static String preVote(VoteLearner.PreVoteFlag flag) {
    return switch (flag.real()) {
      case "false" -> flag.path() + " = true";
      case "true" -> flag.path() + " = false";
      default -> flag.path() + " other than " + flag.real();
    };
  }
}
