package raftlab.raft;

import java.util.ArrayDeque;

/** Requests that wait for a leader, oldest first. None of them has had an effect yet. */
final class RequestsAwaitingLeader {
  private static final int MAX_REQUESTS = 2_000;
  private static final long MAX_BYTES = 8L << 20;

  private record Waiting(ClientRequest request, long since) {}

  private final ArrayDeque<Waiting> requests = new ArrayDeque<>();
  private long bytes;

  boolean isEmpty() {
    return requests.isEmpty();
  }

  int size() {
    return requests.size();
  }

  /** Adds a request. Returns false if there is no room. */
  boolean add(ClientRequest request, long since) {
    long size = bytesOf(request);
    if (requests.size() >= MAX_REQUESTS || bytes + size > MAX_BYTES) {
      return false;
    }
    bytes += size;
    requests.add(new Waiting(request, since));
    return true;
  }

  /** When the oldest arrived; {@link Long#MAX_VALUE} if there is none. */
  long oldestSince() {
    return requests.isEmpty() ? Long.MAX_VALUE : requests.peek().since();
  }

  /** Removes the oldest. */
  ClientRequest remove() {
    ClientRequest request = requests.remove().request();
    bytes -= bytesOf(request);
    return request;
  }

  private static long bytesOf(ClientRequest request) {
    return 2L * request.length();
  }
}
