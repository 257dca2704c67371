package raftlab.workload;

import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import raftlab.scenario.TrafficPlan;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Generates the operations of one client of a traffic plan.
 *
 * <p>A cas expects the value of the key that the client last saw: in an answer to a get, in a
 * mismatch, or by its own writes; "" if it hasn't seen any.
 *
 * <p>It generates a put instead of an append or a cas that would become too long for replicas: see
 * {@link ValueLengths}.
 */
final class RequestGenerator {
  /** The most encoded bytes of expected and new value of a cas together. */
  private static final int MAX_CAS_BYTES = 32_000;

  private final TrafficPlan plan;
  private final RequestKeyNames keys;
  private final UniqueValues values;
  private final ValueLengths lengths;
  private final RandomGenerator random;
  private final Map<String, String> knownValues = new HashMap<>(); // by key; only looked up

  /**
   * Creates a generator.
   *
   * @param lengths the lengths of values, shared by all clients of the plan
   */
  RequestGenerator(Id client, TrafficPlan plan, ValueLengths lengths, RandomGenerator random) {
    this.plan = plan;
    this.keys = new RequestKeyNames(plan.keys(), client);
    this.values = new UniqueValues(client);
    this.lengths = lengths;
    this.random = random;
  }

  OperationRequest next() {
    String type = type();
    String key = keys.randomName(random);
    if (type.equals(Message.GET)) {
      return OperationRequest.get(key);
    }
    String value = values.next(size());
    if (type.equals(Message.APPEND) && lengths.hasRoom(key, value.length())) {
      lengths.appended(key, value.length());
      return OperationRequest.append(key, value);
    }
    String expect = knownValues.getOrDefault(key, "");
    if (type.equals(Message.CAS) && encodedBytes(expect) + value.length() <= MAX_CAS_BYTES) {
      lengths.maybeReplaced(key, value.length());
      return OperationRequest.cas(key, expect, value);
    }
    lengths.replaced(key, value.length());
    return OperationRequest.put(key, value);
  }

  /** Returns the length in encoded form; a replica may have answered with any text. */
  private static int encodedBytes(String text) {
    return new JsonPrimitive(text).toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private String type() {
    TrafficPlan.Mix mix = plan.mix();
    String[] types = {Message.GET, Message.PUT, Message.APPEND, Message.CAS};
    double[] weights = {mix.get(), mix.put(), mix.append(), mix.cas()};
    double left = random.nextDouble() * (mix.get() + mix.put() + mix.append() + mix.cas());
    String type = null;
    for (int i = 0; i < types.length; i++) {
      if (weights[i] > 0 && (type == null || left >= 0)) {
        type = types[i];
        left -= weights[i];
      }
    }
    return Objects.requireNonNull(type, "a mix has at least one weight above 0");
  }

  private int size() {
    return random.nextInt(plan.minValueBytes(), plan.maxValueBytes() + 1);
  }

  /** Remembers the key's value from an operation that is over. */
  void learn(ClientOperation operation) {
    OperationRequest wanted = operation.operationRequest();
    Message answer = operation.answer();
    if (answer == null || !operation.isDone()) {
      return;
    }
    boolean read = wanted.type().equals(Message.GET) || answer.type().equals(Message.MISMATCH);
    if (read) {
      knownValues.put(wanted.key(), answer.textOrNull("value"));
    } else if (wanted.type().equals(Message.APPEND)) {
      knownValues.merge(wanted.key(), wanted.value(), String::concat);
    } else {
      knownValues.put(wanted.key(), wanted.value());
    }
  }
}
