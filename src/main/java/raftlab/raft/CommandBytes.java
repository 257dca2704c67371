package raftlab.raft;

import java.util.ArrayList;
import java.util.List;
import raftlab.raft.ByteReader.DamagedException;
import raftlab.raft.Command.Append;
import raftlab.raft.Command.Cas;
import raftlab.raft.Command.NoOp;
import raftlab.raft.Command.Once;
import raftlab.raft.Command.Put;
import raftlab.raft.Command.Reconfigure;
import raftlab.raft.Command.Write;
import raftlab.wire.Id;

/** The binary form of commands and configurations, for storage. */
final class CommandBytes {
  private static final byte NO_OP = 'n';
  private static final byte PUT = 'p';
  private static final byte APPEND = 'a';
  private static final byte CAS = 'c';
  private static final byte ONCE = 'o';
  private static final byte RECONFIGURE = 'm';

  /** A configuration with more replicas is damaged. */
  private static final int MAX_MEMBERS = 1_000;

  private CommandBytes() {}

  static void write(Command command, ByteWriter out) {
    if (command instanceof NoOp) {
      out.tag(NO_OP);
    } else if (command instanceof Put put) {
      out.tag(PUT).text(put.key()).text(put.value());
    } else if (command instanceof Append append) {
      out.tag(APPEND).text(append.key()).text(append.value());
    } else if (command instanceof Cas cas) {
      out.tag(CAS).text(cas.key()).text(cas.expect()).text(cas.value());
    } else if (command instanceof Once once) {
      out.tag(ONCE).text(once.client()).number(once.seq()).number(once.time());
      write(once.write(), out);
    } else {
      out.tag(RECONFIGURE);
      write(((Reconfigure) command).configuration(), out);
    }
  }

  static Command read(ByteReader in) throws DamagedException {
    byte tag = in.tag();
    return switch (tag) {
      case NO_OP -> NoOp.INSTANCE;
      case PUT -> new Put(in.text(), in.text());
      case APPEND -> new Append(in.text(), in.text());
      case CAS -> new Cas(in.text(), in.text(), in.text());
      case ONCE -> once(in);
      case RECONFIGURE -> new Reconfigure(configuration(in));
      default -> throw new DamagedException("has a command of an unknown kind (" + tag + ")");
    };
  }

  private static Once once(ByteReader in) throws DamagedException {
    String client = in.text();
    long seq = in.count();
    long time = in.count();
    if (read(in) instanceof Write write) {
      return new Once(client, seq, time, write);
    }
    throw new DamagedException("has a session's command that is no write");
  }

  static void write(Configuration configuration, ByteWriter out) {
    write(configuration.voters(), out);
    write(configuration.learners(), out);
  }

  private static void write(List<Id> ids, ByteWriter out) {
    out.number(ids.size());
    ids.forEach(out::id);
  }

  static Configuration configuration(ByteReader in) throws DamagedException {
    return new Configuration(ids(in), ids(in));
  }

  private static List<Id> ids(ByteReader in) throws DamagedException {
    long count = in.count();
    if (count > MAX_MEMBERS) {
      throw new DamagedException("lists " + count + " replicas");
    }
    List<Id> ids = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      Id id = in.id();
      if (id == null) {
        throw new DamagedException("names no replica where a member is expected");
      }
      ids.add(id);
    }
    return ids;
  }
}
