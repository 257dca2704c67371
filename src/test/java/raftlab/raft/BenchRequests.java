package raftlab.raft;

import com.google.gson.JsonObject;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Requests to a replica on the {@link SingleReplicaBench} that are more than a put and a get. */
final class BenchRequests {
  private static int mids;

  private BenchRequests() {}

  /** A write that belongs to no session; "expect" of a cas comes first among the values. */
  static String write(SingleReplicaBench bench, String type, String key, String... values) {
    return ask(bench, type, writeFields(key, values));
  }

  /** A write of this session. */
  static String once(
      SingleReplicaBench bench,
      String client,
      long seq,
      String type,
      String key,
      String... values) {
    JsonObject fields = writeFields(key, values);
    fields.addProperty("client", client);
    fields.addProperty("seq", seq);
    return ask(bench, type, fields);
  }

  /** A request that the replica join, leave, or lead. */
  static String administer(SingleReplicaBench bench, String type, int replica) {
    JsonObject fields = new JsonObject();
    fields.addProperty("replica", Id.of(replica).toString());
    return ask(bench, type, fields);
  }

  private static JsonObject writeFields(String key, String... values) {
    JsonObject fields = new JsonObject();
    fields.addProperty("key", key);
    fields.addProperty("value", values[values.length - 1]);
    if (values.length == 2) {
      fields.addProperty("expect", values[0]);
    }
    return fields;
  }

  private static String ask(SingleReplicaBench bench, String type, JsonObject fields) {
    mids++;
    String mid = "asked" + mids;
    bench.node.receive(
        Message.of(SingleReplicaBench.CLIENT, bench.id(), Id.BROADCAST, type, mid, fields));
    return mid;
  }

  /** Why the request failed; null if it has no answer, or a better one. */
  static String reason(SingleReplicaBench bench, String mid) {
    return bench.answers(mid).stream()
        .filter(answer -> answer.type().equals(Message.FAIL))
        .map(answer -> answer.textOrNull("reason"))
        .findFirst()
        .orElse(null);
  }
}
