/** How much load was on the machine during a run, and whether it was the replicas' own. */
package raftlab.judge.load;
