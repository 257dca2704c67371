/**
 * Plays a scenario: wires clients, network and cluster together, lets faults happen on time, and
 * records it all.
 */
package raftlab.run;
