package raftlab.explain.tell;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import raftlab.judge.check.RequestOutcomes;
import raftlab.wire.Id;

/** Why clients' requests were not answered with ok, by their other answers. */
final class RefusalText {
  private RefusalText() {}

  /** The facts, and the causes that fit; empty if there are no such requests. */
  static Optional<Symptom> of(RequestOutcomes refusals) {
    if (refusals.requests() == 0) {
      return Optional.empty();
    }
    int most = Math.max(refusals.failed(), Math.max(refusals.redirected(), refusals.unanswered()));
    if (most == 0) {
      return Optional.empty();
    } else if (refusals.redirected() == most) {
      return Optional.of(Symptom.observed(redirects(refusals)));
    } else if (refusals.failed() == most) {
      return Optional.of(Symptom.observed(fails(refusals)));
    }
    return Optional.of(unanswered(refusals));
  }

  private static Symptom unanswered(RequestOutcomes refusals) {
    if (refusals.deliveredButUnanswered() == 0) {
      return Symptom.observed(
          String.format(
              Locale.ROOT,
              "%d of %d requests were not answered: none of these was delivered.",
              refusals.unanswered(),
              refusals.requests()));
    }
    return Symptom.observed(
            String.format(
                Locale.ROOT,
                "%d of %d requests were not answered, by %s, although %d of these were delivered.",
                refusals.unanswered(),
                refusals.requests(),
                names(refusals.unresponsive()),
                refusals.deliveredButUnanswered()))
        .withUsualCauses(
            "a pending request is dropped when the leader changes",
            "its entry is not committed, because no majority is reachable or a lost message is not sent again");
  }

  private static String fails(RequestOutcomes refusals) {
    String text =
        String.format(
            Locale.ROOT,
            "%d of %d requests were answered fail, by %s. ",
            refusals.failed(),
            refusals.requests(),
            names(refusals.failing()));
    if (refusals.failedByLeader() > 0) {
      return text
          + String.format(
              Locale.ROOT,
              "%d of these answers came from the known leader: either it does not set its role to"
                  + " leader, or it fails requests that it should replicate.",
              refusals.failedByLeader());
    }
    return text + withoutLeader(refusals);
  }

  private static String redirects(RequestOutcomes refusals) {
    String text =
        String.format(
            Locale.ROOT,
            "%d of %d requests were redirected%s: %s. ",
            refusals.redirected(),
            refusals.requests(),
            refusals.hasRedirectLoop() ? ", in a circle" : "",
            refusals.redirects());
    if (refusals.redirectedByLeader() > 0) {
      return text
          + String.format(
              Locale.ROOT,
              "%d of these answers came from the known leader: does it set its role to leader?",
              refusals.redirectedByLeader());
    }
    return text + withoutLeader(refusals);
  }

  private static String withoutLeader(RequestOutcomes refusals) {
    return refusals.refusedWithoutLeader() > refusals.failed() / 2 + refusals.redirected() / 2
        ? "No leader was known at that time: see why none was elected. A replica without a leader"
            + " should answer fail, or hold the request."
        : "A leader was known at that time: other replicas should redirect to it.";
  }

  static String names(Set<Id> replicas) {
    return (replicas.size() == 1 ? "replica " : "replicas ")
        + replicas.stream().map(Id::toString).collect(Collectors.joining(", "));
  }
}
