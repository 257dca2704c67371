package raftlab.judge.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;
import raftlab.wire.Message;

/** The requests of clients, and for each write all its retries. */
final class RequestLog {
  /** A write with more retries than this is not judged. */
  private static final int MAX_ORIGINS = 64;

  /** The replica and the time at which a write first entered the cluster. */
  record Origin(int replica, int eventIndex) {}

  /** A request. */
  static final class LoggedRequest {
    final Event.Requested request;
    final int replica;
    final int eventIndex;

    /** All places where this write entered the cluster; none if it changes nothing. */
    final List<Origin> origins;

    boolean isAnswered;

    LoggedRequest(Event.Requested request, Origin origin, List<Origin> origins) {
      this.request = request;
      this.replica = origin.replica;
      this.eventIndex = origin.eventIndex;
      this.origins = origins;
    }

    boolean isRead() {
      return request.type().equals(Message.GET);
    }

    /** Whether it changes something, and where it entered is known. */
    boolean isTraceableWrite() {
      return !origins.isEmpty() && origins.size() < MAX_ORIGINS;
    }
  }

  private record WriteContent(@Nullable String key, @Nullable String value) {}

  private final Map<String, LoggedRequest> loggedRequests = new HashMap<>();
  private final Map<WriteContent, List<Origin>> puts = new HashMap<>();
  private final Map<Long, List<Origin>> others = new HashMap<>();
  private final Set<String> removals = new HashSet<>();
  private boolean changesMembers;

  /** Notes a request of a client or the operator to a replica. */
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
    List<Origin> origins = List.of();
    if (!request.type().equals(Message.GET) && !changesNothing(request)) {
      // A retry, or an equal put, may find it done.
      origins =
          request.type().equals(Message.PUT)
              ? puts.computeIfAbsent(
                  new WriteContent(request.key(), request.value()), key -> new ArrayList<>(1))
              : others.computeIfAbsent(request.operation(), key -> new ArrayList<>(1));
      if (origins.size() < MAX_ORIGINS) {
        origins.add(origin);
      }
    }
    loggedRequests.put(request.mid(), new LoggedRequest(request, origin, origins));
  }

  /** Whether the write leaves everything as it is; it may be answered like a read. */
  private static boolean changesNothing(Event.Requested request) {
    return request.value() == null
        || request.type().equals(Message.APPEND) && request.value().isEmpty()
        || request.type().equals(Message.CAS) && request.value().equals(request.expect());
  }

  /** Returns the request with this message ID; null if no client sent it. */
  @Nullable LoggedRequest loggedRequest(String mid) {
    return loggedRequests.get(mid);
  }

  Iterable<LoggedRequest> loggedRequests() {
    return loggedRequests.values();
  }

  /** Returns how many removals were requested so far. */
  int removals() {
    return removals.size();
  }

  /** Whether any addition or removal was requested so far. */
  boolean changesMembers() {
    return changesMembers;
  }
}
