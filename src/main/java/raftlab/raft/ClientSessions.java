package raftlab.raft;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import raftlab.raft.ByteReader.DamagedException;

/**
 * The results of the clients' latest writes. §8: "The state machine tracks the latest serial number
 * processed for each client, along with the associated response", so that no write is executed
 * twice (dissertation §6.3). All replicas have the same sessions after the same entries, and
 * snapshots include them.
 *
 * <p>A session begins with a client's first write. It expires when its client has written nothing
 * for some time. That time is the cluster's, which the entries contain: with the replicas' own
 * clocks their states would differ. A write that is repeated after its session has expired is
 * executed again. The dissertation prevents that by having clients register; the contract has no
 * such request.
 */
final class ClientSessions {
  /** With more clients than this the least recently active session expires. */
  static final int MAX_SESSIONS = 10_000;

  /** How many results are stored for a client; it may have this many writes under way at once. */
  static final int WRITES_PER_SESSION = 64;

  private static final byte DONE = 'd';
  private static final byte MISMATCH = 'm';
  private static final byte REFUSED = 'r';

  private static final class Session {
    long lastActive;

    /** Results of writes up to this one may have been dropped; those writes are refused. */
    long droppedSeq = -1;

    final TreeMap<Long, CommandResult> results = new TreeMap<>();
  }

  private final long expiryMillis;
  private final Map<String, Session> sessions =
      new LinkedHashMap<>(); // least recently active first

  /**
   * @param expiryMillis after this time without a write a session expires
   */
  ClientSessions(long expiryMillis) {
    this.expiryMillis = expiryMillis;
  }

  int size() {
    return sessions.size();
  }

  /** Removes the sessions that have expired at this time of the cluster. */
  void expire(long time) {
    Iterator<Session> leastActive = sessions.values().iterator();
    while (leastActive.hasNext() && leastActive.next().lastActive + expiryMillis < time) {
      leastActive.remove();
    }
  }

  /** The result of this write if it was applied before; null if it is new. */
  @Nullable CommandResult find(String client, long seq) {
    Session session = sessions.get(client);
    if (session == null) {
      return null;
    }
    CommandResult result = session.results.get(seq);
    return result == null && seq <= session.droppedSeq
        ? new CommandResult.Refused("it is older than what is remembered of this client's writes")
        : result;
  }

  /**
   * The write was applied, or refused as too old, at this time of the cluster. Only a result of an
   * applied write is stored.
   */
  void record(String client, long seq, CommandResult result, long time) {
    Session session = sessions.remove(client);
    if (session == null) {
      session = new Session();
      if (sessions.size() >= MAX_SESSIONS) {
        Iterator<Session> leastActive = sessions.values().iterator();
        leastActive.next();
        leastActive.remove();
      }
    }
    sessions.put(client, session);
    session.lastActive = time;
    if (seq <= session.droppedSeq) {
      return; // refused, and refused again if it is repeated
    }
    session.results.put(seq, result);
    if (session.results.size() > WRITES_PER_SESSION) {
      long dropped = session.results.pollFirstEntry().getKey();
      session.droppedSeq = Math.max(session.droppedSeq, dropped);
    }
  }

  void write(ByteWriter out) {
    out.number(sessions.size());
    sessions.forEach(
        (client, session) -> {
          out.text(client).number(session.lastActive).number(session.droppedSeq);
          out.number(session.results.size());
          session.results.forEach((seq, result) -> write(seq, result, out));
        });
  }

  private static void write(long seq, CommandResult result, ByteWriter out) {
    out.number(seq);
    if (result instanceof CommandResult.Mismatch mismatch) {
      out.tag(MISMATCH).text(mismatch.value());
    } else if (result instanceof CommandResult.Refused refused) {
      out.tag(REFUSED).text(refused.reason());
    } else {
      out.tag(DONE);
    }
  }

  /** Reads what {@link #write} has written. This one must be empty. */
  void read(ByteReader in) throws DamagedException {
    long count = in.count();
    for (long i = 0; i < count; i++) {
      Session session = new Session();
      sessions.put(in.text(), session);
      session.lastActive = in.count();
      session.droppedSeq = in.number();
      long results = in.count();
      for (long j = 0; j < results; j++) {
        session.results.put(in.count(), result(in));
      }
    }
  }

  private static CommandResult result(ByteReader in) throws DamagedException {
    byte tag = in.tag();
    return switch (tag) {
      case DONE -> CommandResult.Done.INSTANCE;
      case MISMATCH -> new CommandResult.Mismatch(in.text());
      case REFUSED -> new CommandResult.Refused(in.text());
      default -> throw new DamagedException("has a result of an unknown kind (" + tag + ")");
    };
  }
}
