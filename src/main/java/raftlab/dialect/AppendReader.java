package raftlab.dialect;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads appends by the fields that were learned. */
final class AppendReader {
  private final TermLearner terms;
  private final EntryLearner entries;
  private final CommitLearner commits;
  private final PreviousTermLearner previousTerms;
  private final Map<MessageSample, RaftMessageView.Append> read = new HashMap<>();

  AppendReader(
      ReplicaMessages messages,
      RoleLearner roles,
      TermLearner terms,
      EntryLearner entries,
      PreviousTermLearner previousTerms,
      CommitLearner commits) {
    this.terms = terms;
    this.entries = entries;
    this.previousTerms = previousTerms;
    this.commits = commits;
    List<MessageSample> appends =
        messages.all().stream()
            .filter(each -> roles.roles().get(each.kind()) == Role.APPEND)
            .toList();
    appends.forEach(each -> read.put(each, read(each)));
  }

  /** The content of an append; null if the message is none. */
  RaftMessageView.@Nullable Append of(@Nullable MessageSample sample) {
    return sample == null ? null : read.get(sample);
  }

  private RaftMessageView.Append read(MessageSample sample) {
    EntryFormat format = entries.format(sample.kind());
    List<JsonElement> list = entries.entries(sample);
    List<Long> entryTerms = new ArrayList<>();
    if (format != null) {
      list.forEach(each -> entryTerms.add(entries.termOf(each).orElse(RaftMessageView.UNKNOWN)));
    }
    return new RaftMessageView.Append(
        terms.of(sample).orElse(RaftMessageView.UNKNOWN),
        RaftMessageView.UNKNOWN,
        orUnknown(entries.previousIndex(sample)),
        orUnknown(previousTerms.of(sample)),
        orUnknown(commits.of(sample)),
        entryTerms);
  }

  private static long orUnknown(OptionalLong number) {
    return Math.max(number.orElse(RaftMessageView.UNKNOWN), RaftMessageView.UNKNOWN);
  }
}
