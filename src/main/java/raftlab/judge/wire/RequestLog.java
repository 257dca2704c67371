package raftlab.judge.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import raftlab.trace.Event;
import raftlab.wire.Message;

/** What clients have asked for: each request, and each write with all its repetitions. */
final class RequestLog {
  /** More repetitions of one write than this aren't followed: it is left unjudged. */
  private static final int MOST_ORIGINS = 64;

  /** Where and when a write came into the cluster first. */
  record Origin(int replica, int moment) {}

  /** A request on its way. */
  static final class Question {
    final Event.Requested request;
    final int replica;
    final int moment;

    /** All ways by which this write came into the cluster; null if it changes nothing. */
    final List<Origin> origins;

    boolean isAnswered;

    Question(Event.Requested request, Origin origin, List<Origin> origins) {
      this.request = request;
      this.replica = origin.replica;
      this.moment = origin.moment;
      this.origins = origins;
    }

    boolean isRead() {
      return request.type().equals(Message.GET);
    }

    /** Whether it changes something, and its way can be told. */
    boolean isClearWrite() {
      return origins != null && origins.size() < MOST_ORIGINS;
    }
  }

  private record Content(String key, String value) {}

  private final Map<String, Question> questions = new HashMap<>();
  private final Map<Content, List<Origin>> puts = new HashMap<>();
  private final Map<Long, List<Origin>> others = new HashMap<>();
  private final Set<String> removals = new HashSet<>();
  private boolean changesMembers;

  /** A client, or the operator, asks a replica. */
  void requested(Event.Requested request, int replica, int moment) {
    if (request.isAdministration()) {
      if (!request.type().equals(Message.TRANSFER)) {
        changesMembers = true;
      }
      if (request.type().equals(Message.REMOVE)) {
        removals.add(request.key());
      }
      return;
    }
    Origin origin = new Origin(replica, moment);
    List<Origin> origins = null;
    if (!request.type().equals(Message.GET) && !changesNothing(request)) {
      // Who repeats a put, or puts the same once more, may find it done.
      origins =
          request.type().equals(Message.PUT)
              ? puts.computeIfAbsent(
                  new Content(request.key(), request.value()), key -> new ArrayList<>(1))
              : others.computeIfAbsent(request.operation(), key -> new ArrayList<>(1));
      if (origins.size() < MOST_ORIGINS) {
        origins.add(origin);
      }
    }
    questions.put(request.mid(), new Question(request, origin, origins));
  }

  /** A write that leaves everything as it is may be answered like a read. */
  private static boolean changesNothing(Event.Requested request) {
    return request.value() == null
        || request.type().equals(Message.APPEND) && request.value().isEmpty()
        || request.type().equals(Message.CAS) && request.value().equals(request.expect());
  }

  /** The request of this MID; null if no client asked it. */
  Question question(String mid) {
    return questions.get(mid);
  }

  Iterable<Question> questions() {
    return questions.values();
  }

  /** How many replicas were asked to be removed so far. */
  int removals() {
    return removals.size();
  }

  /** Whether anybody was asked to be added or removed so far. */
  boolean changesMembers() {
    return changesMembers;
  }
}
