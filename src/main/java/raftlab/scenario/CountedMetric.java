package raftlab.scenario;

import java.util.Arrays;
import java.util.List;

/** What can be counted, and limited, over a part of a run. */
public enum CountedMetric {
  /** Messages between replicas. */
  MESSAGES("messages", "messages between replicas"),
  /** Their bytes. */
  BYTES("bytes", "bytes of the messages between replicas"),
  /** Requests that were answered ok. */
  OKS("oks", "requests that were answered ok"),
  /** Requests that were answered fail. */
  FAILS("fails", "requests that were answered fail"),
  /** Requests that were answered redirect. */
  REDIRECTS("redirects", "requests that were answered redirect"),
  /** Operations without an answer. */
  UNANSWERED("unanswered", "client operations that were never answered, in spite of retries"),
  /** Duplicate answers. */
  DUPLICATES("duplicates", "duplicate answers to requests"),
  /** Leaders. */
  LEADERS("leaders", "different leaders, including the first"),
  /** New leaders. */
  LEADER_CHANGES("leader_changes", "leader changes"),
  /** Claims of leadership. */
  CLAIMS("claims", "times that a replica started to claim leadership"),
  /** Rejected AppendEntries. */
  REJECTIONS("rejections", "replies between replicas that reject, as with \"success\": false"),
  /** The longest log. */
  LOG_ENTRIES(
      "log_entries",
      "entries in the longest log that a replica reported, counted from its last snapshot"),
  /** Mean time to an ok. */
  MEAN_LATENCY("mean_latency", "seconds from a request to its ok, on average");

  private final String key;
  private final String description;

  CountedMetric(String key, String description) {
    this.key = key;
    this.description = description;
  }

  /** Its name in a scenario file. */
  public String key() {
    return key;
  }

  /** What is counted, to follow a number. */
  public String description() {
    return description;
  }

  /** The metric of this name. */
  public static CountedMetric of(String key) {
    return Arrays.stream(values()).filter(m -> m.key.equals(key)).findFirst().orElseThrow();
  }

  /** All names. */
  static List<String> keys() {
    return Arrays.stream(values()).map(CountedMetric::key).toList();
  }
}
