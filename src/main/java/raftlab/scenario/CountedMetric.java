package raftlab.scenario;

import java.util.Arrays;
import java.util.List;

/** What can be counted over a part of a run, and bounded. */
public enum CountedMetric {
  /** Messages between replicas. */
  MESSAGES("messages", "messages between replicas"),
  /** Their bytes. */
  BYTES("bytes", "bytes of the messages between replicas"),
  /** Requests done. */
  OKS("oks", "requests that were answered ok"),
  /** Fails. */
  FAILS("fails", "requests that were answered fail"),
  /** Redirects. */
  REDIRECTS("redirects", "requests that were answered redirect"),
  /** What clients wanted and did not get. */
  UNANSWERED(
      "unanswered", "things that clients asked for and did not get, however often they asked"),
  /** Second answers. */
  DUPLICATES("duplicates", "answers to requests that were done already"),
  /** Leaders. */
  LEADERS("leaders", "different replicas that were known to lead, that of the beginning included"),
  /** New leaders. */
  LEADER_CHANGES("leader_changes", "times that another leader got known"),
  /** New claims to lead. */
  CLAIMS("claims", "times that a replica began to claim that it leads"),
  /** Rejected appends. */
  REJECTIONS(
      "rejections", "messages between replicas that carry \"success\": false, or say no otherwise"),
  /** The longest log. */
  LOG_ENTRIES(
      "log_entries",
      "entries in the longest log that a replica reported to have, since its last snapshot"),
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

  /** The measure of this name. */
  public static CountedMetric of(String key) {
    return Arrays.stream(values()).filter(m -> m.key.equals(key)).findFirst().orElseThrow();
  }

  /** All names. */
  static List<String> keys() {
    return Arrays.stream(values()).map(CountedMetric::key).toList();
  }
}
