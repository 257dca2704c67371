package raftlab.raft;

import java.util.ArrayDeque;

/**
 * Requests that wait until it is clear who leads, oldest first. None of them has had any effect.
 */
final class RequestsAwaitingLeader {
  private static final int MAX_HELD = 2_000;
  private static final long MAX_BYTES = 8L << 20;

  private record Held(ClientRequest request, long since) {}

  private final ArrayDeque<Held> requests = new ArrayDeque<>();
  private long bytes;

  boolean isEmpty() {
    return requests.isEmpty();
  }

  int size() {
    return requests.size();
  }

  /** Whether there was room for it. */
  boolean add(ClientRequest request, long since) {
    long size = bytesOf(request);
    if (requests.size() >= MAX_HELD || bytes + size > MAX_BYTES) {
      return false;
    }
    bytes += size;
    requests.add(new Held(request, since));
    return true;
  }

  /** When the oldest came; {@link Long#MAX_VALUE} if there is none. */
  long oldestSince() {
    return requests.isEmpty() ? Long.MAX_VALUE : requests.peek().since();
  }

  /** Takes out the oldest. */
  ClientRequest remove() {
    ClientRequest request = requests.remove().request();
    bytes -= bytesOf(request);
    return request;
  }

  private static long bytesOf(ClientRequest request) {
    return 2L * request.length();
  }
}
