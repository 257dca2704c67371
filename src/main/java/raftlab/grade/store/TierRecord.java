package raftlab.grade.store;

import raftlab.judge.check.PerformanceTier;
import raftlab.scenario.PerformanceMetric;

/**
 * The tier of a run that passed, by one metric.
 *
 * @param value the metric's value: a number of messages, requests or answers, or seconds
 */
public record TierRecord(PerformanceMetric metric, PerformanceTier tier, double value) {}
