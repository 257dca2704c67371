package raftlab.trace;

import java.util.Collection;
import java.util.stream.Collectors;
import raftlab.wire.Id;

/** Formats a list of replicas in words, such as "replicas 0001 and 0002". */
public final class ReplicaListText {
  private ReplicaListText() {}

  /** Formats these replicas in the given order. */
  public static String of(Collection<Id> ids) {
    if (ids.isEmpty()) {
      return "no replica";
    }
    String all = ids.stream().map(Id::toString).collect(Collectors.joining(", "));
    return ids.size() == 1
        ? "replica " + all
        : "replicas " + all.replaceFirst(", (\\w+)$", " and $1");
  }
}
