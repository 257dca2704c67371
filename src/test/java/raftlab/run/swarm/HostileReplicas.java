package raftlab.run.swarm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import raftlab.node.ForwardingHost;
import raftlab.node.Host;
import raftlab.node.NodeFactory;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.MembersChanged;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.SnapshotTaken;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.node.StateChange.Voted;
import raftlab.raft.RaftNode;
import raftlab.wire.Id;
import raftlab.wire.MalformedMessageException;
import raftlab.wire.Message;

/**
 * Replicas of which one begins well and, after a while, sends changed copies of what it should send
 * and reports changes of state that never were. The same seed, the same hostility.
 */
final class HostileReplicas extends ForwardingHost {
  private static final List<String> TYPES =
      List.of(
          "ok", "fail", "redirect", "mismatch", "hello", "get", "put", "noise", "", "\u001b[2J");

  private static final List<String> TEXTS =
      List.of(
          "", "\u001b[31mred\u0007", "\ud800", "\u202e", "x".repeat(5_000), "1", "ok", "\n\r\0");

  private static final long[] NUMBERS = {
    0, 1, 2, 3, -1, 5, 17, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 31, 1_000_000
  };

  private final SplittableRandom random;
  private final int sentBeforeExit;
  private int sent;
  private Message before;

  private HostileReplicas(Host host, long seed) {
    super(host);
    this.random = new SplittableRandom(seed);
    this.sentBeforeExit = random.nextInt(100);
  }

  /** Replicas of which one, or each, is hostile. */
  static NodeFactory of(long seed) {
    return host ->
        seed % 3 == 0 || host.id().value() == seed % 3
            ? new RaftNode(new HostileReplicas(host, seed + host.id().value()))
            : new RaftNode(host);
  }

  private boolean turns() {
    return sent > sentBeforeExit && random.nextInt(10) == 0;
  }

  @Override
  public void send(Message message) {
    sent++;
    if (!turns()) {
      delegate.send(message);
    }
    while (turns()) {
      delegate.send(changed(random.nextBoolean() || before == null ? message : before));
    }
    before = message;
  }

  @Override
  public void report(StateChange change) {
    if (!turns()) {
      delegate.report(change);
    }
    while (turns()) {
      delegate.report(invented());
    }
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private Id anyId() {
    return random.nextBoolean()
        ? one(others())
        : Id.of(random.nextBoolean() ? random.nextInt(0x20) : random.nextInt(0x10000));
  }

  private long number() {
    return random.nextBoolean() ? random.nextLong(30) : NUMBERS[random.nextInt(NUMBERS.length)];
  }

  // ---- messages ----

  private Message changed(Message message) {
    return random.nextInt(3) == 0 ? withOtherBytes(message) : withOtherFields(message);
  }

  private Message withOtherFields(Message message) {
    JsonObject fields = message.fields().deepCopy();
    for (String field : List.copyOf(fields.keySet())) {
      if (random.nextInt(4) == 0) {
        fields.add(field, json(3));
      }
    }
    return Message.of(
        either(message.src(), this::anyId),
        either(message.dst(), this::anyId),
        either(message.leader(), this::anyId),
        either(message.type(), () -> one(TYPES)),
        either(message.mid(), () -> one(TEXTS)),
        fields);
  }

  private <T> T either(T right, Supplier<T> wrong) {
    return random.nextInt(4) == 0 ? wrong.get() : right;
  }

  private JsonElement json(int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> JsonNull.INSTANCE;
      case 1 -> new JsonPrimitive(number());
      case 2 -> new JsonPrimitive(one(TEXTS));
      case 3 -> new JsonPrimitive(random.nextBoolean());
      case 4 -> {
        JsonArray array = new JsonArray();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(json(depth - 1));
        }
        yield array;
      }
      default -> {
        JsonObject object = new JsonObject();
        object.add(one(TEXTS), json(depth - 1));
        yield object;
      }
    };
  }

  /** As it would come from a process; what isn't a message then is left as it was. */
  private Message withOtherBytes(Message message) {
    byte[] bytes = message.bytes().clone();
    for (int edits = random.nextInt(1, 4); edits > 0; edits--) {
      int at = random.nextInt(bytes.length);
      bytes[at] =
          (byte)
              (random.nextBoolean()
                  ? "\"\\{}[],:019e-".charAt(random.nextInt(13))
                  : random.nextInt(256));
    }
    try {
      return Message.parseHeader(bytes);
    } catch (MalformedMessageException none) {
      return Message.of(
          message.src(),
          Id.of(0xBEEF),
          message.leader(),
          none.getMessage(),
          null,
          new JsonObject());
    }
  }

  // ---- reports ----

  private StateChange invented() {
    return switch (random.nextInt(11)) {
      case 0 -> new RoleChanged(one(List.of(Role.values())), number(), anyId());
      case 1 -> new TermChanged(number());
      case 2 -> new Voted(number(), anyId());
      case 3 -> new Appended(number(), number(), one(TEXTS));
      case 4 -> new Truncated(number());
      case 5 -> new Committed(number());
      case 6 -> new Applied(number(), number());
      case 7 -> new Restored(number(), anyId(), number(), number(), number());
      case 8 -> new SnapshotTaken(number(), number());
      case 9 -> new SnapshotInstalled(number(), number(), number());
      default -> new MembersChanged(number(), List.of(anyId(), anyId()), List.of(anyId()));
    };
  }

  /** Bytes that were a message once, or never. */
  static byte[] spoilt(byte[] message, SplittableRandom random) {
    int length = random.nextInt(4) == 0 ? random.nextInt(message.length + 1) : message.length;
    byte[] bytes = java.util.Arrays.copyOf(message, length);
    String odd = "\"\\{}[],:019eE.-+ntf\u0000\u001b\u007f\u00ff";
    byte[] from = odd.getBytes(StandardCharsets.ISO_8859_1);
    for (int edits = random.nextInt(1, 6); edits > 0 && length > 0; edits--) {
      bytes[random.nextInt(length)] = from[random.nextInt(from.length)];
    }
    return bytes;
  }
}
