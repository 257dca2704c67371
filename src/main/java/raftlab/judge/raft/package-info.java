/**
 * Raft's safety properties (Figure 3 of the paper, and the rules that they rest on), judged from
 * the changes of state that replicas report. {@link raftlab.judge.raft.ReportReview} reads a trace
 * once; it depends on nothing that is particular to the reference replica.
 */
package raftlab.judge.raft;
