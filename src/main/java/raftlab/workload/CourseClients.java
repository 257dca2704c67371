package raftlab.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import raftlab.network.SeededGenerators;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** The eight clients of the course, which send the course's traffic. */
public final class CourseClients {
  /** The number of clients. */
  public static final int COUNT = 8;

  private final Map<Id, CourseClient> clients = new TreeMap<>();
  private final List<CourseClient> list = new ArrayList<>();
  private final RandomGenerator random;
  private final double getFraction;

  /**
   * Creates clients that haven't sent anything yet.
   *
   * @param getFraction the fraction of gets among their requests, 0 to 1
   */
  public CourseClients(List<Id> ids, double getFraction, long seed, RequestTransport requests) {
    this.random = SeededGenerators.generator(seed, "clients", 0);
    this.getFraction = getFraction;
    for (Id id : ids) {
      CourseClient client =
          new CourseClient(id, requests, SeededGenerators.generator(seed, "client", id.value()));
      clients.put(id, client);
      list.add(client);
    }
  }

  /** Returns the IDs that the course gives to clients: from {@code replicas + 16} on. */
  public static List<Id> ids(int replicas) {
    List<Id> ids = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      ids.add(Id.of(firstId(replicas) + i));
    }
    return ids;
  }

  /** Returns the number of the first ID of a client. */
  static int firstId(int replicas) {
    return replicas + 16;
  }

  /** Lets a random client start a request. */
  public void startRandomRequest() {
    CourseClient client = list.get(random.nextInt(list.size()));
    if (random.nextDouble() < getFraction) {
      client.get();
    } else {
      client.put();
    }
  }

  /** Handles an answer for one of these clients. */
  public void receive(Message answer) {
    Objects.requireNonNull(clients.get(answer.dst()), "the answer is for one of these clients")
        .receive(answer);
  }
}
