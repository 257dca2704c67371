/** Plays one scenario: wires clients, network and cluster together, and judges the trace. */
package raftlab.run;
