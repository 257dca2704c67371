package raftlab.raft;

import org.jspecify.annotations.Nullable;
import raftlab.raft.ByteReader.DamagedException;
import raftlab.raft.Command.Once;
import raftlab.raft.Command.Write;

/**
 * The replicated state machine (§2): the key-value store, the clients' sessions, and the cluster's
 * time. Its state depends only on the applied entries, so it is the same on all replicas.
 */
final class StateMachine {
  private final RaftSettings settings;
  private KeyValueStore store = new KeyValueStore();
  private ClientSessions sessions;
  private long time;

  StateMachine(RaftSettings settings) {
    this.settings = settings;
    sessions = newSessions();
  }

  private ClientSessions newSessions() {
    return new ClientSessions(settings.get(Setting.SESSION_EXPIRY));
  }

  /** The cluster's time in ms. It never goes back, and advances with writes of sessions only. */
  long time() {
    return time;
  }

  CommandResult apply(Command command) {
    if (command instanceof Write write) {
      return store.apply(write);
    }
    return command instanceof Once once ? applyOnce(once) : CommandResult.Done.INSTANCE;
  }

  private CommandResult applyOnce(Once once) {
    time = Math.max(time, once.time());
    sessions.expire(time);
    CommandResult result = sessions.find(once.client(), once.seq());
    if (result == null) {
      result = store.apply(once.write());
    }
    sessions.record(once.client(), once.seq(), result, time);
    return result;
  }

  /** The result of this write of a session; null if it wasn't applied. */
  @Nullable CommandResult find(String client, long seq) {
    return sessions.find(client, seq);
  }

  String get(String key) {
    return store.get(key);
  }

  /** The same state gives the same bytes. */
  void write(ByteWriter out) {
    out.number(time);
    store.write(out);
    sessions.write(out);
  }

  /** Reads what {@link #write} has written; changes nothing if it can't be read. */
  void read(ByteReader in) throws DamagedException {
    long newTime = in.count();
    KeyValueStore newStore = new KeyValueStore();
    newStore.read(in);
    ClientSessions newSessions = newSessions();
    newSessions.read(in);
    in.end();
    time = newTime;
    store = newStore;
    sessions = newSessions;
  }
}
