/** Plays one scenario: connects clients, network and cluster, and judges the trace. */
package raftlab.run;
