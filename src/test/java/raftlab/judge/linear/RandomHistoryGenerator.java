package raftlab.judge.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import raftlab.judge.linear.HistoryOperation.OperationKind;

/**
 * Histories of a correct store that clients use at the same time, and such with a lie in them. Each
 * operation takes effect at a moment of its own between its call and its return.
 */
final class RandomHistoryGenerator {
  /** An operation while its answer isn't known. */
  private record PendingOperation(
      OperationKind kind, String value, String expect, long call, long effect, long ret) {}

  private final RandomGenerator random;
  private final OperationKind[] kinds;
  private final String[] values;
  private final double openRate;
  private final String initial;

  /**
   * A maker of histories.
   *
   * @param kinds what clients do
   * @param values what they write; few values make histories ambiguous
   * @param openRate how many operations never return: half of them take effect, some time
   */
  RandomHistoryGenerator(
      RandomGenerator random,
      OperationKind[] kinds,
      String[] values,
      double openRate,
      String initial) {
    this.random = random;
    this.kinds = kinds;
    this.values = values;
    this.openRate = openRate;
    this.initial = initial;
  }

  /** A history that is linearizable, of the given numbers of operations and clients. */
  List<HistoryOperation> correct(int count, int clients) {
    List<PendingOperation> asked = new ArrayList<>();
    long[] freeAt = new long[clients];
    for (int i = 0; i < count; i++) {
      int client = random.nextInt(clients);
      long call = freeAt[client] + random.nextInt(20);
      long ret = call + 1 + random.nextInt(30);
      boolean open = random.nextDouble() < openRate;
      long effect =
          !open
              ? call + random.nextLong(ret - call + 1)
              : random.nextBoolean() ? HistoryOperation.NEVER : call + random.nextInt(200);
      freeAt[client] = ret;
      OperationKind kind = kinds[random.nextInt(kinds.length)];
      String value = kind == OperationKind.GET ? null : value(i);
      String expect = kind == OperationKind.CAS ? value(random.nextInt(i + 1)) : null;
      asked.add(
          new PendingOperation(
              kind, value, expect, call, effect, open ? HistoryOperation.NEVER : ret));
    }
    return answered(asked);
  }

  private String value(int i) {
    return values == null ? "v" + i + " " : values[random.nextInt(values.length)];
  }

  private List<HistoryOperation> answered(List<PendingOperation> asked) {
    Integer[] byEffect = new Integer[asked.size()];
    Arrays.setAll(byEffect, i -> i);
    Arrays.sort(byEffect, (a, b) -> Long.compare(asked.get(a).effect, asked.get(b).effect));
    HistoryOperation[] answered = new HistoryOperation[byEffect.length];
    String value = initial;
    for (int i : byEffect) {
      PendingOperation a = asked.get(i);
      String process = "p" + i;
      boolean happens = a.effect != HistoryOperation.NEVER;
      switch (a.kind) {
        case GET -> answered[i] = HistoryOperation.get(i, process, "k", value, a.call, a.ret);
        case PUT -> {
          answered[i] = HistoryOperation.put(i, process, "k", a.value, a.call, a.ret);
          value = happens ? a.value : value;
        }
        case APPEND -> {
          answered[i] = HistoryOperation.append(i, process, "k", a.value, a.call, a.ret);
          value = happens ? (value == null ? "" : value) + a.value : value;
        }
        default -> {
          HistoryOperation cas =
              HistoryOperation.cas(i, process, "k", a.expect, a.value, a.call, a.ret);
          boolean matches = Objects.equals(value, a.expect);
          answered[i] = matches || cas.isOpen() ? cas : cas.asMismatch(value);
          value = happens && matches ? a.value : value;
        }
      }
    }
    List<HistoryOperation> history = new ArrayList<>(List.of(answered));
    history.removeIf(
        o -> o.kind() == OperationKind.GET && o.returnTime() == HistoryOperation.NEVER);
    history.sort((a, b) -> Long.compare(a.callTime(), b.callTime()));
    return history;
  }

  /** The history with another answer of one operation; wrong, as a rule. */
  List<HistoryOperation> withWrongAnswer(List<HistoryOperation> history) {
    List<HistoryOperation> changed = new ArrayList<>(history);
    if (changed.isEmpty()) {
      return changed;
    }
    int at = random.nextInt(changed.size());
    HistoryOperation o = changed.get(at);
    HistoryOperation other = changed.get(random.nextInt(changed.size()));
    String returned =
        random.nextInt(8) == 0
            ? initial
            : other.kind() == OperationKind.GET ? other.result() : other.value();
    if (o.kind() == OperationKind.GET) {
      changed.set(
          at,
          HistoryOperation.get(
              o.number(), o.process(), "k", returned, o.callTime(), o.returnTime()));
    } else if (o.kind() == OperationKind.CAS && !o.isOpen()) {
      HistoryOperation cas =
          HistoryOperation.cas(
              o.number(), o.process(), "k", o.expect(), o.value(), o.callTime(), o.returnTime());
      changed.set(at, o.mayWrite() ? cas.asMismatch(returned) : cas);
    } else if (o.kind() == OperationKind.APPEND && random.nextBoolean()) {
      changed.set(
          at,
          HistoryOperation.put(
              o.number(), o.process(), "k", o.value(), o.callTime(), o.returnTime()));
    } else {
      changed.remove(at);
    }
    return changed;
  }
}
