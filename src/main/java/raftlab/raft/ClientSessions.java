package raftlab.raft;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import raftlab.raft.ByteReader.DamagedException;

/**
 * What became of the clients' latest writes, so that none is executed twice (§8, dissertation
 * §6.3). Part of the state machine: all replicas have the same sessions after the same entries, and
 * snapshots hold them.
 *
 * <p>A session begins with a client's first write. It is forgotten when its client has written
 * nothing for a while of the cluster's time, which the entries carry: if each replica asked its own
 * clock, they would come to differ. A write that is repeated still later is taken for a new one;
 * the dissertation rules that out by having clients register, which the contract doesn't ask of
 * them.
 */
final class ClientSessions {
  /** More clients than this are not remembered: the one that was silent longest is forgotten. */
  static final int MAX_SESSIONS = 10_000;

  /** So many of a client's latest writes are remembered; so many may be under way at once. */
  static final int WRITES_REMEMBERED = 64;

  private static final byte DONE = 'd';
  private static final byte MISMATCH = 'm';
  private static final byte REFUSED = 'r';

  private static final class Session {
    long lastActive;

    /**
     * Writes up to this one may have been remembered once; those not remembered now are refused.
     */
    long forgottenSeq = -1;

    final TreeMap<Long, CommandResult> outcomes = new TreeMap<>();
  }

  private final long expiryMillis;
  private final Map<String, Session> sessions = new LinkedHashMap<>(); // silent longest first

  /**
   * @param expiryMillis after so long without a write a session is forgotten
   */
  ClientSessions(long expiryMillis) {
    this.expiryMillis = expiryMillis;
  }

  int size() {
    return sessions.size();
  }

  /** Forgets those whose clients have been silent too long. */
  void expire(long time) {
    Iterator<Session> silentLongest = sessions.values().iterator();
    while (silentLongest.hasNext() && silentLongest.next().lastActive + expiryMillis < time) {
      silentLongest.remove();
    }
  }

  /** What became of this write if it was applied before; null if it is new. */
  CommandResult find(String client, long seq) {
    Session session = sessions.get(client);
    if (session == null) {
      return null;
    }
    CommandResult outcome = session.outcomes.get(seq);
    return outcome == null && seq <= session.forgottenSeq
        ? new CommandResult.Refused("it is older than what is remembered of this client's writes")
        : outcome;
  }

  /**
   * The write was applied, or refused as too old, at this time of the cluster. Only what was
   * applied is remembered.
   */
  void record(String client, long seq, CommandResult outcome, long time) {
    Session session = sessions.remove(client);
    if (session == null) {
      session = new Session();
      if (sessions.size() >= MAX_SESSIONS) {
        Iterator<Session> silentLongest = sessions.values().iterator();
        silentLongest.next();
        silentLongest.remove();
      }
    }
    sessions.put(client, session);
    session.lastActive = time;
    if (seq <= session.forgottenSeq) {
      return; // refused, and refused again whenever it comes
    }
    session.outcomes.put(seq, outcome);
    if (session.outcomes.size() > WRITES_REMEMBERED) {
      long forgotten = session.outcomes.pollFirstEntry().getKey();
      session.forgottenSeq = Math.max(session.forgottenSeq, forgotten);
    }
  }

  void write(ByteWriter out) {
    out.number(sessions.size());
    sessions.forEach(
        (client, session) -> {
          out.text(client).number(session.lastActive).number(session.forgottenSeq);
          out.number(session.outcomes.size());
          session.outcomes.forEach((seq, outcome) -> write(seq, outcome, out));
        });
  }

  private static void write(long seq, CommandResult outcome, ByteWriter out) {
    out.number(seq);
    if (outcome instanceof CommandResult.Mismatch mismatch) {
      out.tag(MISMATCH).text(mismatch.value());
    } else if (outcome instanceof CommandResult.Refused refused) {
      out.tag(REFUSED).text(refused.reason());
    } else {
      out.tag(DONE);
    }
  }

  /** Reads into an empty one. */
  void read(ByteReader in) throws DamagedException {
    long count = in.count();
    for (long i = 0; i < count; i++) {
      Session session = new Session();
      sessions.put(in.text(), session);
      session.lastActive = in.count();
      session.forgottenSeq = in.number();
      long outcomes = in.count();
      for (long j = 0; j < outcomes; j++) {
        session.outcomes.put(in.count(), outcome(in));
      }
    }
  }

  private static CommandResult outcome(ByteReader in) throws DamagedException {
    byte tag = in.tag();
    return switch (tag) {
      case DONE -> CommandResult.Done.INSTANCE;
      case MISMATCH -> new CommandResult.Mismatch(in.text());
      case REFUSED -> new CommandResult.Refused(in.text());
      default -> throw new DamagedException("has an outcome of an unknown kind (" + tag + ")");
    };
  }
}
